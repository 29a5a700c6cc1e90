//! `cargo xtask build`: the static site in dist/, ready for any sub-path of any host.
//!
//! Trunk.toml and index.html say what the site is; this file only brings the tools together.

use crate::arguments::Arguments;
use crate::shell::{command, run};
use crate::stage::Stages;
use crate::tools::{self, Tools};
use crate::{Result, light, project, tighten, weight, words};

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// What is published: small, hashed, compressed.
    Release,
    /// What builds fast.
    Dev,
}

pub fn site(kind: Kind, stages: &mut Stages) -> Result {
    let tools = stages.run("tools", Tools::for_site)?;
    stages.run("trunk", || trunk(kind, &tools))?;
    if kind == Kind::Release {
        stages.run("tighten", || tighten::tighten(&tools))?;
    }
    stages.run("words", || words::lay(kind))?;
    if kind == Kind::Release {
        stages.run("compress", compress)?;
    }
    Ok(())
}

pub fn chore(mut arguments: Arguments) -> Result {
    let kind = match arguments.flag("--dev") {
        true => Kind::Dev,
        false => Kind::Release,
    };
    arguments.finish()?;
    let mut stages = Stages::default();
    site(kind, &mut stages)?;
    if kind == Kind::Release {
        println!();
        weight::print(&weight::weigh()?);
    }
    stages.summary();
    println!("\nThe site is in dist/: put it on any host, under any path.");
    Ok(())
}

/// Builds the page with the tools that `Tools` found, so that Trunk fetches none itself.
pub fn trunk(kind: Kind, tools: &Tools) -> Result {
    let mut trunk = command("trunk");
    trunk.arg("build");
    trunk.env("TRUNK_BUILD_RELEASE", (kind == Kind::Release).to_string());
    if kind == Kind::Release {
        trunk.envs(light::variables());
    }
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    trunk.env("TRUNK_TOOLS_WASM_OPT", tools::wasm_opt_version());
    // Trunk refuses the `NO_COLOR=1` that other programs like.
    trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "auto");
    // A mistake in our code needs no stack of Trunk's.
    trunk.env("RUST_BACKTRACE", "0");
    run(tools.lend(&mut trunk), "mend what is named above")
}

fn compress() -> Result {
    let script = project::root().join("xtask/src/compress.mjs");
    let mut node = command("node");
    run(node.arg(script).arg(project::dist()), "install Node.js 20 or later")
}
