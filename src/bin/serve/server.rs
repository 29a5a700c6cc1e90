//! What all connections share: the configuration, the post office, the clock and the log.

use crate::capture::Capture;
use crate::chance;
use crate::counter::{self, Counter};
use crate::log::Log;
use crate::post::Post;
use pop3lab::pop3::Config;
use pop3lab::time::Instant;
use pop3lab::tls::{Endpoint, Failure, ReadyServer};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// How long a thread waits for a socket before it looks at the clock again, which may have been put
/// forward meanwhile.
pub const PATIENCE: Duration = Duration::from_millis(100);

/// A running server.
pub struct Server {
    /// How its sessions behave.
    pub config: Arc<Config>,
    /// Its clock.
    pub clock: Clock,
    /// Its log.
    pub log: Arc<Log>,
    /// Where what passes is written down, if it is.
    pub capture: Option<Capture>,
    tls: Option<ReadyServer>,
    post: Mutex<Post>,
    updates: RwLock<()>,
    /// The most connections at a time, so that threads and memory stay bounded.
    connections: usize,
    places: Arc<AtomicUsize>,
    admitted: AtomicU64,
    stopping: AtomicBool,
}

/// One of the places for connections; dropping it frees it.
pub struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Server {
    /// A server that begins now.
    pub fn new(
        config: Config,
        tls: Option<ReadyServer>,
        post: Post,
        connections: usize,
        log: Arc<Log>,
        capture: Option<Capture>,
    ) -> Server {
        Server {
            config: Arc::new(config),
            clock: Clock::new(),
            log,
            capture,
            tls,
            post: Mutex::new(post),
            updates: RwLock::new(()),
            connections,
            places: Arc::default(),
            admitted: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
        }
    }

    /// The mailboxes, to be held shortly and never across a read or a write.
    pub fn post(&self) -> MutexGuard<'_, Post> {
        counter::lock(&self.post)
    }

    /// The mailboxes as the session of this number needs them, for one step of it.
    pub fn counter(&self, session: u64) -> Counter<'_> {
        Counter::new(&self.post, &self.updates, self.capture.as_ref().map(|capture| (capture, session)))
    }

    /// Waits until every UPDATE of files that has begun is finished; none begins while this is held.
    pub fn without_updates(&self) -> impl Drop + '_ {
        self.updates.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The server's end of a new TLS connection.
    pub fn endpoint(&self) -> Result<Endpoint, Failure> {
        let tls = self.tls.as_ref().ok_or(Failure::BadKey)?;
        Endpoint::one_of(tls, chance::chance())
    }

    /// A place for one more connection; none if there are too many.
    pub fn admit(&self) -> Option<Place> {
        let more = |taken| (taken < self.connections).then_some(taken + 1);
        let taken = self.places.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.ok().map(|_| Place(Arc::clone(&self.places)))
    }

    /// How many connections there are.
    pub fn admitted_now(&self) -> usize {
        self.places.load(Ordering::Relaxed)
    }

    /// The number of the next session, from 1, as the log names it.
    pub fn next_session(&self) -> u64 {
        self.admitted.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Asks every connection to end once it has answered what it was asked.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Real time since the server began, and what tests have put it forward by.
pub struct Clock {
    began: std::time::Instant,
    /// Microseconds.
    ahead: AtomicU64,
}

impl Clock {
    fn new() -> Clock {
        Clock { began: std::time::Instant::now(), ahead: AtomicU64::new(0) }
    }

    /// What time it is for the sessions.
    pub fn now(&self) -> Instant {
        Instant::ZERO + self.began.elapsed() + Duration::from_micros(self.ahead.load(Ordering::Relaxed))
    }

    /// Puts the clock forward. Sessions notice within [`PATIENCE`].
    pub fn advance(&self, seconds: u32) {
        self.ahead.fetch_add(u64::from(seconds) * 1_000_000, Ordering::Relaxed);
    }
}
