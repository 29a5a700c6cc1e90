//! What all connections share: the configuration, the post office, the clock and the log.

use crate::fixtures::Fixtures;
use crate::log::Log;
use crate::options::Options;
use crate::post::Post;
use pop3lab::pop3::Config;
use pop3lab::time::Instant;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The most connections at a time, so that threads and memory stay bounded.
const CONNECTIONS: usize = 200;

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
    pub log: Log,
    post: Mutex<Post>,
    places: Arc<AtomicUsize>,
    admitted: AtomicU64,
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
    pub fn new(options: &Options, fixtures: Fixtures) -> Server {
        let config = Config {
            apop: options.apop,
            top_and_uidl: options.top_and_uidl,
            idle_limit: options.idle,
            secret: secret(),
            ..Config::default()
        };
        Server {
            config: Arc::new(config),
            clock: Clock::new(),
            log: Log::new(options.quiet),
            post: Mutex::new(Post::new(fixtures, entropy())),
            places: Arc::default(),
            admitted: AtomicU64::new(0),
        }
    }

    /// The mailboxes, to be held for one step of one session and never across a read or a write.
    pub fn post(&self) -> MutexGuard<'_, Post> {
        // A panic in one session must not shut the others out of their mail.
        self.post.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more connection; none if there are too many.
    pub fn admit(&self) -> Option<Place> {
        let more = |taken| (taken < CONNECTIONS).then_some(taken + 1);
        let taken = self.places.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.ok().map(|_| Place(Arc::clone(&self.places)))
    }

    /// The number of the next session, from 1, as the log names it.
    pub fn next_session(&self) -> u64 {
        self.admitted.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Sixty-four bits from the operating system: nobody may foresee a greeting's time stamp.
pub fn entropy() -> u64 {
    // The keys of a new RandomState come from the system's own source of randomness.
    RandomState::new().build_hasher().finish()
}

/// What this server knows and nobody else, anew for each start.
fn secret() -> [u8; 32] {
    let mut secret = [0; 32];
    secret.chunks_exact_mut(8).for_each(|octets| octets.copy_from_slice(&entropy().to_be_bytes()));
    secret
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
