//! `cargo xtask serve`: builds the page and serves it as a strict host would.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::arguments::Arguments;
use crate::build::{self, Kind};
use crate::http::Site;
use crate::stage::Stages;
use crate::tools::Tools;
use crate::{Result, project, words};

const PORT: u16 = 8110;

/// What a change to means a new build, in `--dev`.
const SOURCES: &[&str] = &["src", "www", "i18n", "mail", "index.html", "Cargo.toml", "Trunk.toml"];

pub fn chore(mut arguments: Arguments) -> Result {
    let dev = arguments.flag("--dev");
    let no_build = arguments.flag("--no-build");
    let port = arguments.value("--port")?;
    let under = sub_path(arguments.value("--under")?.as_deref().unwrap_or("/"));
    let folder = arguments.value("--dir")?.map(PathBuf::from);
    arguments.finish()?;

    if !no_build && folder.is_none() {
        let mut stages = Stages::default();
        build::site(if dev { Kind::Dev } else { Kind::Release }, &mut stages)?;
        stages.summary();
    }
    let folder = match folder {
        Some(folder) => folder,
        None => project::built_site()?,
    };
    let listener = match port {
        None => {
            (PORT..PORT + 20).find_map(|port| listen(port).ok()).ok_or("choose a free port with --port N.")?
        }
        Some(port) => listen(port.parse().map_err(|_| "write a number after --port.")?)?,
    };
    println!("\nPOP3 Lab is at {}  (Ctrl-C ends it)", address(&listener, &under));
    if dev && !no_build {
        println!("It is built again after each change; reload the page to see it.");
        let tools = Tools::for_site()?;
        std::thread::spawn(move || rebuild_on_change(&tools));
    }
    Site { folder, under }.serve(listener);
    Ok(())
}

/// Serves `folder` from a thread of its own, on a port that happens to be free, and gives the address.
pub fn in_background(folder: &Path, under: &str) -> Result<String> {
    let listener = listen(0)?;
    let address = address(&listener, under);
    let site = Site { folder: folder.into(), under: under.into() };
    std::thread::spawn(move || site.serve(listener));
    Ok(address)
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
        .map_err(|_| format!("port {port} is taken: choose another with --port N."))
}

fn address(listener: &TcpListener, under: &str) -> String {
    let port = listener.local_addr().map_or(0, |address| address.port());
    format!("http://127.0.0.1:{port}{under}")
}

/// `some/path` as `/some/path/`.
fn sub_path(words: &str) -> String {
    match words.trim_matches('/') {
        "" => "/".into(),
        inner => format!("/{inner}/"),
    }
}

fn rebuild_on_change(tools: &Tools) {
    let mut built = newest_change();
    loop {
        std::thread::sleep(Duration::from_millis(700));
        let newest = newest_change();
        if newest == built {
            continue;
        }
        built = newest;
        match build::trunk(Kind::Dev, tools).and_then(|()| words::lay(Kind::Dev)) {
            Ok(()) => println!("Built again: reload the page."),
            Err(sentence) => eprintln!("The page stays as it was: {sentence}"),
        }
    }
}

/// When a source last changed, and how many there are: a removal counts as well.
fn newest_change() -> (Option<SystemTime>, usize) {
    let files: Vec<PathBuf> = SOURCES
        .iter()
        .map(|name| project::root().join(name))
        .flat_map(|path| match path.is_dir() {
            true => project::files_below(&path),
            false => vec![path],
        })
        .collect();
    let changed = |path: &PathBuf| path.metadata().and_then(|it| it.modified()).ok();
    (files.iter().filter_map(changed).max(), files.len())
}
