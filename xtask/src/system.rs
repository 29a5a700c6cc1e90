//! Programs of the operating system, which can be installed only by root on a Debian machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::Result;
use crate::shell::{command, find, read, run};

/// Sees to it that `program`, which Debian keeps in `package`, is there.
pub fn need(program: &str, package: &str) -> Result {
    // Servers are in a folder that is on the PATH of root only.
    if find(program).is_some() || Path::new("/usr/sbin").join(program).is_file() {
        return Ok(());
    }
    apt_install(&[package])
        .map_err(|_| format!("install {program}, which these tests use, and run this again."))
}

/// Installs Debian packages, if this is Debian and we may.
pub fn apt_install(packages: &[&str]) -> Result {
    let root = read(command("id").arg("-u")).as_deref() == Some("0");
    // Not its descendants: Ubuntu's package of Chromium, for one, holds no Chromium.
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let debian = system.lines().any(|line| line == "ID=debian");
    if !root || !debian || find("apt-get").is_none() {
        return Err(format!("install {}.", packages.join(" and ")));
    }
    let remedy = "see what apt-get says above, or install the packages yourself";
    run(command("apt-get").args(["update", "--quiet"]), remedy)?;
    let _unstarted = Unstarted::new();
    let mut install = command("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"), remedy)
}

/// As long as this lives, no service is started because its package was installed: Debian's packages
/// ask the program `policy-rc.d`, if there is one, and 101 is a no.
struct Unstarted {
    ours: bool,
}

impl Unstarted {
    const POLICY: &str = "/usr/sbin/policy-rc.d";

    fn new() -> Unstarted {
        // Whoever has a policy already keeps it.
        let ours = !Path::new(Self::POLICY).exists()
            && fs::write(Self::POLICY, "#!/bin/sh\nexit 101\n").is_ok()
            && fs::set_permissions(Self::POLICY, fs::Permissions::from_mode(0o755)).is_ok();
        Unstarted { ours }
    }
}

impl Drop for Unstarted {
    fn drop(&mut self) {
        if self.ours {
            _ = fs::remove_file(Self::POLICY);
        }
    }
}
