//! What the lines of a sheet are about, in their order, and which fact is written on which of them.

use crate::ledger::{Fact, Hidden};

/// What the lines of a section are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who reads mail here.
    You,
    /// Who talks to whom.
    Way,
    /// How the connection was sealed.
    Tls,
    /// What mail there is.
    Mail,
    /// What can be seen of the envelopes from outside.
    Leaks,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Whose mailbox it is.
    UserName,
    /// The password, or the digest from which it can be guessed.
    Password,
    /// What certificate they have shown.
    Person,
    /// Whether the login worked.
    Login,
    /// The two ends.
    Ends,
    /// The host that the client asked for.
    ServerName,
    /// What the server says of itself.
    Banner,
    /// What goes into an APOP digest.
    Stamp,
    /// What the server can do.
    Capabilities,
    /// How the session ended.
    Quit,
    /// How the connection ended.
    Closed,
    /// Why nothing more is written down.
    Lost,
    /// Whether STLS was asked for, and taken.
    Stls,
    /// What the client can do of TLS.
    Offer,
    /// What the server chose.
    Agreed,
    /// Whose certificate was shown.
    Certificate,
    /// What went wrong with TLS.
    Alert,
    /// How much mail there is.
    MailCount,
    /// The size of each message.
    Sizes,
    /// The unique-id of each message.
    UniqueIds,
    /// The messages themselves.
    Messages,
    /// Which messages were marked.
    Deleted,
    /// Sealed records.
    Records,
    /// What their sizes give away.
    Guesses,
}

/// A section: its lines, each with what TLS hides of it.
type Lines = (Topic, &'static [(About, Option<Hidden>)]);

/// The lines of a sheet, in their order. Those with a [`Hidden`] have their place from the beginning, blank or
/// sealed; the others are there once there is something to say.
pub(super) const LINES: &[Lines] = &[
    (
        Topic::You,
        &[
            (About::UserName, Some(Hidden::UserName)),
            (About::Password, Some(Hidden::Password)),
            (About::Person, None),
            (About::Login, Some(Hidden::Login)),
        ],
    ),
    (
        Topic::Way,
        &[
            (About::Ends, None),
            (About::ServerName, None),
            (About::Banner, Some(Hidden::Banner)),
            (About::Stamp, None),
            (About::Capabilities, Some(Hidden::Capabilities)),
            (About::Quit, Some(Hidden::Quit)),
            (About::Closed, None),
            (About::Lost, None),
        ],
    ),
    (
        Topic::Tls,
        &[
            (About::Stls, None),
            (About::Offer, None),
            (About::Agreed, None),
            (About::Certificate, Some(Hidden::Certificate)),
            (About::Alert, None),
        ],
    ),
    (
        Topic::Mail,
        &[
            (About::MailCount, Some(Hidden::MailCount)),
            (About::Sizes, Some(Hidden::Sizes)),
            (About::UniqueIds, Some(Hidden::UniqueIds)),
            (About::Messages, Some(Hidden::Messages)),
            (About::Deleted, Some(Hidden::Deleted)),
        ],
    ),
    (Topic::Leaks, &[(About::Records, None), (About::Guesses, None)]),
];

impl About {
    /// Its name in tests.
    pub fn name(self) -> &'static str {
        match self {
            About::UserName => "user-name",
            About::Password => "password",
            About::Person => "person",
            About::Login => "login",
            About::Ends => "ends",
            About::ServerName => "server-name",
            About::Banner => "banner",
            About::Stamp => "stamp",
            About::Capabilities => "capabilities",
            About::Quit => "quit",
            About::Closed => "closed",
            About::Lost => "lost",
            About::Stls => "stls",
            About::Offer => "offer",
            About::Agreed => "agreed",
            About::Certificate => "certificate",
            About::Alert => "alert",
            About::MailCount => "mail-count",
            About::Sizes => "sizes",
            About::UniqueIds => "unique-ids",
            About::Messages => "messages",
            About::Deleted => "deleted",
            About::Records => "records",
            About::Guesses => "guesses",
        }
    }
}

/// The lines on which a fact is written down.
pub(super) fn lines_of(fact: &Fact) -> &'static [About] {
    match fact {
        Fact::Connected { .. } | Fact::Refused { .. } => &[About::Ends],
        Fact::Banner(_) => &[About::Banner],
        Fact::Stamp(_) => &[About::Stamp],
        Fact::Capabilities(_) => &[About::Capabilities],
        Fact::UserName(_) => &[About::UserName],
        Fact::Password(_) => &[About::Password],
        Fact::ApopDigest { .. } | Fact::CramMd5 { .. } => &[About::UserName, About::Password],
        Fact::Login { .. } => &[About::Login],
        Fact::MailCount { .. } => &[About::MailCount],
        Fact::Sizes(_) => &[About::Sizes],
        Fact::UniqueIds(_) => &[About::UniqueIds],
        Fact::Message(_) => &[About::Messages],
        Fact::Deleted { .. } | Fact::Undeleted => &[About::Deleted],
        Fact::StlsAsked | Fact::StlsAnswered { .. } => &[About::Stls],
        Fact::TlsBegan { .. } => &[About::ServerName, About::Offer],
        Fact::TlsAgreed { .. } | Fact::TlsGroup(_) => &[About::Agreed],
        Fact::Certificate { from_client: false, .. } => &[About::Certificate],
        // Who was asked for one may have none.
        Fact::Certificate { chain, .. } => {
            if chain.is_empty() {
                &[]
            } else {
                &[About::Person]
            }
        }
        Fact::TlsAlert { .. } => &[About::Alert],
        Fact::Sealed { .. } => &[About::Records],
        Fact::Quit { .. } => &[About::Quit],
        Fact::Closed { .. } => &[About::Closed],
        Fact::LostTrack | Fact::Full => &[About::Lost],
    }
}
