//! Chromium, and the npm packages that drive it: what tests/browser and the benches stand on.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::shell::{command, find, read, run};
use crate::{Result, project, system, tools};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

pub struct Browser {
    chromium: PathBuf,
}

impl Browser {
    /// Finds or installs Playwright first, and then a Chromium, which may be Playwright's own.
    pub fn ready() -> Result<Self> {
        tools::node()?;
        packages()?;
        let chromium = chromium()?;
        println!("Chromium is {}", chromium.display());
        Ok(Self { chromium })
    }

    /// `node` in tests/browser, told where the browser and the page are.
    pub fn node(&self, address: &str, sub_address: &str) -> Command {
        let mut node = command("node");
        node.current_dir(folder())
            .env("CHROMIUM", &self.chromium)
            .env("POP3LAB_URL", address)
            .env("POP3LAB_SUB_URL", sub_address);
        node
    }
}

fn folder() -> PathBuf {
    project::root().join("tests/browser")
}

/// Installs tests/browser/node_modules, unless that was done for this very package.json.
fn packages() -> Result {
    let folder = folder();
    let text = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let wanted = text("package.json") + &text("package-lock.json");
    // Written last, so that an interrupted installation does not look finished.
    let stamp = folder.join("node_modules/.complete");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        println!("Playwright is in tests/browser/node_modules");
        return Ok(());
    }
    let mut npm = command("npm");
    npm.current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut npm, "see what npm says above")?;
    fs::write(stamp, wanted).map_err(|it| format!("make tests/browser writable ({it})."))
}

fn chromium() -> Result<PathBuf> {
    if let Some(path) = installed() {
        return Ok(path);
    }
    println!("there is no Chromium yet");
    if system::apt_install(&["chromium", "fonts-noto-cjk"]).is_err() {
        let mut install = command("npx");
        install.current_dir(folder());
        let remedy = "install Chromium and set CHROMIUM to its program";
        run(install.args(["playwright", "install", "chromium"]), remedy)?;
    }
    installed().ok_or_else(|| "install Chromium and set CHROMIUM to its program.".into())
}

fn installed() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let on_path = || NAMES.iter().find_map(|name| find(name));
    let on_a_mac = || Some(PathBuf::from(ON_A_MAC));
    let there = |path: &PathBuf| path.is_file();
    named
        .filter(there)
        .or_else(on_path)
        .or_else(|| on_a_mac().filter(there))
        .or_else(|| playwrights().filter(there))
}

/// The place where Playwright keeps its own, whether or not it is there.
fn playwrights() -> Option<PathBuf> {
    let ask = "console.log(require('@playwright/test').chromium.executablePath())";
    read(command("node").current_dir(folder()).args(["-e", ask])).map(PathBuf::from)
}
