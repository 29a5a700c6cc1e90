//! Ending in order: no more connections, the answers under way are given, then it is over.

use crate::server::PATIENCE;
use crate::start::Running;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long sessions have to give the answer that they are at: whoever stops a service waits for it.
const GRACE: Duration = Duration::from_millis(1500);

/// Waits for SIGTERM or for Ctrl-C, and lets the sessions come to an end: marks that no QUIT has sealed are
/// dropped, and no mail with them. A second signal ends at once.
pub fn wait(running: Running) -> Result<(), String> {
    // A flag that is looked at, since that is all that signals can do on Windows.
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        // What ends at once comes first, so that it sees the flag of an earlier signal only.
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&asked))
            .and_then(|_| flag::register(signal, Arc::clone(&asked)))
            .map_err(|error| format!("cannot wait for signals: {error}."))?;
    }
    while !asked.load(Ordering::Relaxed) {
        thread::sleep(PATIENCE);
    }
    running.server.log.event("stopping: no new connections");
    running.server.stop();
    for (address, thread) in running.doors {
        // A listener looks up when somebody comes.
        _ = TcpStream::connect_timeout(&reachable(address), Duration::from_secs(1));
        _ = thread.join();
    }
    let latest = Instant::now() + GRACE;
    while running.server.admitted_now() > 0 && Instant::now() < latest {
        thread::sleep(Duration::from_millis(10));
    }
    let _none = running.server.without_updates();
    match running.server.admitted_now() {
        0 => running.server.log.event("stopped"),
        left => running.server.log.event(&format!("stopped with {left} connections cut")),
    }
    Ok(())
}

/// An address at which this machine reaches its own listener.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    address
}
