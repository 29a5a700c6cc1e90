//! Programs of the operating system, which can be installed only by root on a Debian machine.

use std::path::Path;

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
    if !root || !Path::new("/etc/debian_version").exists() || find("apt-get").is_none() {
        return Err(format!("install {}.", packages.join(" and ")));
    }
    let remedy = "see what apt-get says above, or install the packages yourself";
    run(command("apt-get").args(["update", "--quiet"]), remedy)?;
    let mut install = command("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"), remedy)
}
