//! `cargo xtask bench`: what Criterion or the harness measures natively, then the page in Chromium, then `serve`
//! beside a Dovecot.
//!
//! Each tests/browser/bench/NAME.bench.mjs is run by Node. It finds the page at `POP3LAB_URL`, the
//! folder benches/ at `POP3LAB_BENCHES_URL`, and the browser at `CHROMIUM`.

use crate::arguments::Arguments;
use crate::browser::Browser;
use crate::build::{self, Kind};
use crate::shell::{cargo, command, run};
use crate::stage::Stages;
use crate::{Result, project, serve, system};

pub fn chore(arguments: Arguments) -> Result {
    let names = arguments.names()?;
    let wanted = |name: &str| names.is_empty() || names.iter().any(|it| name.contains(it.as_str()));
    let root = project::root();
    let files = project::files_below(&root.join("tests/browser/bench"));
    let pages = files.iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".bench.mjs")?;
        wanted(name).then_some((name, path))
    });
    let pages: Vec<_> = pages.collect();
    let native = project::files_below(&root.join("benches"))
        .iter()
        .any(|path| path.extension().is_some_and(|it| it == "rs"))
        && wanted("native");
    let servers = wanted("dovecot");
    if pages.is_empty() && !native && !servers {
        return Err("there is no such bench: see tests/browser/bench and benches.".into());
    }

    let mut stages = Stages::default();
    if native {
        let mut bench = cargo(&["bench", "--no-default-features", "--features", "serve"]);
        bench.args(["--benches"]);
        stages.run("native", || run(&mut bench, "mend what cargo names above"))?;
    }
    if !pages.is_empty() {
        build::site(Kind::Release, &mut stages)?;
        let browser = stages.run("chromium", Browser::ready)?;
        let page = serve::in_background(&project::dist(), "/")?;
        let benches = serve::in_background(&root.join("benches"), "/")?;
        for (name, path) in pages {
            let mut node = browser.node(&page, &page);
            node.arg(path).env("POP3LAB_BENCHES_URL", &benches);
            stages.run(name, || run(&mut node, "see what the bench says above"))?;
        }
    }
    if servers {
        stages.run("dovecot", beside_dovecot)?;
    }
    stages.summary();
    Ok(())
}

/// `serve` and a Dovecot before the same client, in turns (docs/performance.md).
fn beside_dovecot() -> Result {
    system::need_for_servers()?;
    let build = ["build", "--release", "--no-default-features", "--features", "serve", "--bin", "serve"];
    run(&mut cargo(&build), "mend what rustc names above")?;
    let mut client = command("python3");
    client.args(["-B", "tests/servers/speed.py", "--serve"]).arg(project::target().join("release/serve"));
    run(&mut client, "see which median is below 1")
}
