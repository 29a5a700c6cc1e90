//! `cargo xtask`: every chore of POP3 Lab behind one command.
//!
//! ```text
//! cargo xtask serve ─▶ build ─▶ tools        stage   names and times each step
//! cargo xtask test  ─▶ checks ─▶ ...         shell   runs other programs
//! ```
//!
//! It has no dependencies, and it finds, or makes once, whatever else it needs (`tools`, `browser`).

mod arguments;
mod bench;
mod browser;
mod build;
mod checks;
mod clients;
mod http;
mod light;
mod project;
mod serve;
mod shell;
mod size;
mod soak;
mod stage;
mod system;
mod test;
mod tighten;
mod tools;
mod wasm;
mod weight;
mod words;

use std::process::ExitCode;

use arguments::Arguments;

/// What a chore ends in; the error is a sentence that tells the person what to do.
type Result<T = ()> = std::result::Result<T, String>;

struct Chore {
    name: &'static str,
    options: &'static str,
    about: &'static str,
    run: fn(Arguments) -> Result,
}

const CHORES: &[Chore] = &[
    Chore {
        name: "serve",
        options: "[--dev | --no-build] [--port N] [--under /sub/path/] [--dir DIR]",
        about: "build the page and serve it; --dev builds faster and again after each change",
        run: serve::chore,
    },
    Chore {
        name: "test",
        options: "[list | STAGE...] [-- PLAYWRIGHT OPTIONS]",
        about: "run every check, or the named ones",
        run: test::chore,
    },
    Chore { name: "build", options: "[--dev]", about: "leave the static site in dist/", run: build::chore },
    Chore {
        name: "size",
        options: "[--json FILE]",
        about: "weigh the site by file, crate and function",
        run: size::chore,
    },
    Chore {
        name: "bench",
        options: "[NAME...]",
        about: "measure the page in Chromium, and the engine with cargo bench",
        run: bench::chore,
    },
    Chore {
        name: "soak",
        options: "[NAME] [--minutes N]",
        about: "run the long proofs (tests named soak_of_*) and write a log into docs/soak",
        run: soak::chore,
    },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_else(|| "help".into());
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        help();
        return ExitCode::SUCCESS;
    }
    let Some(chore) = CHORES.iter().find(|chore| chore.name == name) else {
        help();
        eprintln!("\nThere is no `cargo xtask {name}`: choose one of the above.");
        return ExitCode::from(2);
    };
    match (chore.run)(Arguments::new(chore.name, words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\ncargo xtask {name} cannot go on: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn help() {
    println!("The chores of POP3 Lab:\n");
    for chore in CHORES {
        println!("  cargo xtask {} {}", chore.name, chore.options);
        println!("      {}", chore.about);
    }
}
