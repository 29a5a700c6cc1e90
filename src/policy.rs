//! What client and server want of TLS: everything about security that a person can set. It takes effect on
//! the connections that are made from then on.
//!
//! ```text
//!   road 110:  Security::None                    postcards
//!   road STLS: Security::StlsRequired, by hand   a postcard that asks for an envelope
//!   road 995:  Security::TlsAtOnce               envelopes from the first octet
//! ```

use crate::pki::Fault;
use serde::{Deserialize, Serialize};

/// The settings of both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// When the mail program begins TLS.
    pub security: Security,
    /// Whether a person types what comes before the login. Otherwise the mail program does by itself what
    /// its security asks for: CAPA, STLS, CAPA.
    pub by_hand: bool,
    /// Whether the mail program verifies the server's certificate.
    pub verify: bool,
    /// The versions of TLS that the mail program offers.
    pub offers: Versions,
    /// The versions that the server accepts.
    pub accepts: Versions,
    /// Whether the server offers STLS on the port in the clear.
    pub stls: bool,
    /// Whether the server takes a name and a password in the clear.
    pub login_in_the_clear: bool,
    /// What is wrong with the certificates, or with how the client looks at them.
    pub fault: Option<Fault>,
    /// Whether the server asks mail programs for a certificate. It takes those that show none as well.
    pub asks: bool,
    /// What the mail program has to show to a server that asks.
    pub shows: Shown,
}

/// Which certificate of its person a mail program has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Shown {
    /// None, as most have.
    #[default]
    None,
    /// One that the authority of the server's certificate has issued, and which is valid.
    Own,
    /// The same, but its time is over.
    Expired,
    /// One that an authority has issued of which the server knows nothing.
    Stranger,
}

/// When a mail program begins TLS, as its settings call it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Security {
    /// Never by itself: what is typed is sent as it is.
    #[default]
    None,
    /// By STLS where the server offers it; otherwise it goes on in the clear.
    StlsIfOffered,
    /// By STLS; where the server does not offer it, the program gives up (RFC 8314 section 3).
    StlsRequired,
    /// From the first octet (RFC 8314 section 3.3).
    TlsAtOnce,
}

/// Which versions of TLS an end can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Versions {
    /// 1.3, and 1.2 with whoever has nothing newer.
    #[default]
    Current,
    /// 1.3 only.
    Tls13,
    /// 1.2 only.
    Tls12,
    /// 1.1 at most: a client of about 2010, which RFC 8996 tells everybody to refuse.
    Tls11,
    /// 1.0 at most: a client of about 2000.
    Tls10,
}

impl Security {
    /// All of them, the least first.
    pub const ALL: [Security; 4] =
        [Security::None, Security::StlsIfOffered, Security::StlsRequired, Security::TlsAtOnce];
}

impl Shown {
    /// All of them.
    pub const ALL: [Shown; 4] = [Shown::None, Shown::Own, Shown::Expired, Shown::Stranger];

    /// Its name in links.
    pub const fn name(self) -> &'static str {
        match self {
            Shown::None => "none",
            Shown::Own => "own",
            Shown::Expired => "expired",
            Shown::Stranger => "stranger",
        }
    }

    /// What is wrong with it, if that is anything.
    pub const fn fault(self) -> Option<Fault> {
        match self {
            Shown::None | Shown::Own => None,
            Shown::Expired => Some(Fault::Expired),
            Shown::Stranger => Some(Fault::UnknownAuthority),
        }
    }
}

impl Versions {
    /// What a client may offer.
    pub const ALL: [Versions; 5] =
        [Versions::Current, Versions::Tls13, Versions::Tls12, Versions::Tls11, Versions::Tls10];

    /// What a server may accept: nothing older is spoken here (RFC 8996).
    pub const ACCEPTED: [Versions; 3] = [Versions::Current, Versions::Tls13, Versions::Tls12];
}

impl Default for Policy {
    /// Nothing is wrong, and nobody insists on anything.
    fn default() -> Policy {
        Policy {
            security: Security::None,
            by_hand: true,
            verify: true,
            offers: Versions::Current,
            accepts: Versions::Current,
            stls: true,
            login_in_the_clear: true,
            fault: None,
            asks: false,
            shows: Shown::None,
        }
    }
}

/// The three ways to the same mailbox: presets of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Road {
    /// Port 110, in the clear.
    Clear,
    /// Port 110, upgraded by STLS.
    Stls,
    /// Port 995, inside TLS from the first octet.
    Tls,
}

impl Road {
    /// All of them, in the order in which one learns them.
    pub const ALL: [Road; 3] = [Road::Clear, Road::Stls, Road::Tls];

    /// Its name in links.
    pub const fn name(self) -> &'static str {
        match self {
            Road::Clear => "110",
            Road::Stls => "stls",
            Road::Tls => "995",
        }
    }

    /// The port that it leads to (RFC 1939 section 3, RFC 8314 section 3.3).
    pub const fn port(self) -> u16 {
        match self {
            Road::Clear | Road::Stls => 110,
            Road::Tls => 995,
        }
    }

    /// What the client's program is set to on it.
    pub const fn security(self) -> Security {
        match self {
            Road::Clear => Security::None,
            Road::Stls => Security::StlsRequired,
            Road::Tls => Security::TlsAtOnce,
        }
    }

    /// The road that a connection to `port` with this security takes, if it is one of the three.
    pub fn of(security: Security, port: u16) -> Option<Road> {
        let security = if security == Security::StlsIfOffered { Security::StlsRequired } else { security };
        Road::ALL.into_iter().find(|road| road.port() == port && road.security() == security)
    }
}
