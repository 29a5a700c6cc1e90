//! Programs of the operating system, which can be installed only by root on a Debian machine.

use crate::Result;
use crate::shell::{command, find, read, run};

/// Sees to it that `program`, which Debian keeps in `package`, is there.
pub fn need(program: &str, package: &str) -> Result {
    if find(program).is_some() {
        return Ok(());
    }
    apt_install(&[package])
        .map_err(|_| format!("install {program}, which these tests use, and run this again."))
}

/// Installs Debian packages, if this is Debian and we may.
pub fn apt_install(packages: &[&str]) -> Result {
    let root = read(command("id").arg("-u")).as_deref() == Some("0");
    // Not its descendants: Ubuntu's package of Chromium, for one, holds no Chromium.
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let debian = system.lines().any(|line| line == "ID=debian");
    if !root || !debian || find("apt-get").is_none() {
        return Err(format!("install {}.", packages.join(" and ")));
    }
    let remedy = "see what apt-get says above, or install the packages yourself";
    run(command("apt-get").args(["update", "--quiet"]), remedy)?;
    let mut install = command("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"), remedy)
}
