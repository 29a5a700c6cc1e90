//! What a session runs in: nothing, or TLS, and what it knows of that.

use super::Config;
use crate::sasl::{Guard, Mechanism};

/// The channel of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel(pub(super) Option<Tls>);

/// What a session is told of TLS when it is up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// The version, such as `TLSv1.3`.
    pub version: String,
    /// The cipher suite, as IANA names it.
    pub suite: String,
    /// What a mechanism binds to: 32 octets that only the two ends of this very connection can export
    /// (RFC 9266). None where there is nothing to bind to.
    pub exporter: Option<[u8; 32]>,
    /// Whose certificate the client has shown, if it was verified.
    pub identity: Option<String>,
}

impl Channel {
    /// Whether the session runs inside TLS.
    pub fn is_secure(&self) -> bool {
        self.0.is_some()
    }

    /// What mechanisms bind to.
    pub fn exporter(&self) -> Option<&[u8; 32]> {
        self.0.as_ref()?.exporter.as_ref()
    }

    /// Whose certificate the client has shown.
    pub fn identity(&self) -> Option<&str> {
        self.0.as_ref()?.identity.as_deref()
    }

    /// Whether the mechanism can be used here, as far as the channel is concerned.
    pub fn carries(&self, config: &Config, mechanism: Mechanism) -> bool {
        let row = mechanism.row();
        let guarded = match row.guard {
            Guard::Anywhere => true,
            Guard::UnlessAllowed => self.is_secure() || config.login_in_the_clear,
            Guard::Tls => self.is_secure(),
        };
        guarded
            && (!row.binds_channel || self.exporter().is_some())
            && (mechanism != Mechanism::External || self.identity().is_some())
    }

    /// Whether the server offers the mechanism here.
    pub fn offers(&self, config: &Config, mechanism: Mechanism) -> bool {
        config.mechanisms.contains(&mechanism) && self.carries(config, mechanism)
    }

    /// Whether the server offers to bind.
    pub fn binds(&self, config: &Config) -> bool {
        config.mechanisms.iter().any(|of| of.row().binds_channel && self.carries(config, *of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sasl::MECHANISMS;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn offered(channel: &Channel, in_the_clear: bool) -> Vec<&'static str> {
        let config = Config { login_in_the_clear: in_the_clear, ..Config::default() };
        let rows = MECHANISMS.iter().filter(|row| channel.offers(&config, row.mechanism));
        rows.map(|row| row.name).collect()
    }

    #[test]
    fn what_is_offered_follows_from_the_channel_and_the_policy() {
        let clear = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"];
        assert_eq!(offered(&Channel::default(), false), clear);
        assert_eq!(offered(&Channel::default(), true), [&clear[..], &["PLAIN", "LOGIN"]].concat());
        let sealed = Channel(Some(Tls::default()));
        let inside = [&clear[..], &["OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN"]].concat();
        assert_eq!(offered(&sealed, false), inside);
        let bound = Channel(Some(Tls { exporter: Some([0; 32]), ..Tls::default() }));
        assert_eq!(
            offered(&bound, false),
            [&["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"], &inside[..]].concat()
        );
        let known = Channel(Some(Tls { identity: Some("alice".into()), ..Tls::default() }));
        assert_eq!(offered(&known, false), [&["EXTERNAL"], &inside[..]].concat());
    }
}
