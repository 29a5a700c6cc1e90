//! What can be learnt from frames without any key. There are no words here: whoever shows the facts has
//! them.

/// An address and a port.
pub type End = ([u8; 4], u16);

/// A line of the notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The frame that gave it away: the last of them, if it took several.
    pub frame: u32,
    /// On which connection, counted from 0 by their SYNs.
    pub connection: u32,
    /// What was learnt.
    pub fact: Fact,
}

/// What was learnt. Texts are as they were sent, at most [`super::LONGEST_TEXT`] octets of them; what is not
/// UTF-8 in them is replaced by U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Somebody spoke to somebody: the SYN was answered.
    Connected {
        /// Who began.
        client: End,
        /// Who answered.
        server: End,
    },
    /// The SYN was answered with RST.
    Refused {
        /// Who began.
        client: End,
        /// Who is not to be spoken to at this port.
        server: End,
    },
    /// The first line of the server, without `+OK` (RFC 1939 section 4).
    Banner(String),
    /// The time stamp in it, brackets included: half of what an APOP digest is made of.
    Stamp(String),
    /// What CAPA said, a line each (RFC 2449).
    Capabilities(Vec<String>),
    /// The name of a mailbox: of USER, or in AUTH PLAIN or LOGIN.
    UserName(String),
    /// A password: of PASS, or in AUTH PLAIN or LOGIN.
    Password(String),
    /// A digest, with which passwords can be tried out at leisure, since the stamp is known as well.
    ApopDigest {
        /// The name of the mailbox.
        name: String,
        /// The digest as it was sent, 32 hexadecimal digits if it is one.
        digest: String,
    },
    /// What CRAM-MD5 answers to a challenge: passwords can be tried out on the two (RFC 2195 section 2).
    CramMd5 {
        /// The name of the mailbox.
        name: String,
        /// What the server asked.
        challenge: String,
        /// The digest as it was sent.
        digest: String,
    },
    /// How PASS, APOP or AUTH was answered.
    Login {
        /// Whether it was the right password.
        ok: bool,
    },
    /// What STAT said.
    MailCount {
        /// Messages.
        messages: u32,
        /// Octets of all of them.
        octets: u64,
    },
    /// What LIST said: number and octets of each message.
    Sizes(Vec<(u32, u64)>),
    /// What UIDL said: number and unique-id of each message.
    UniqueIds(Vec<(u32, String)>),
    /// A message, by RETR or TOP.
    Message(Letter),
    /// A message was marked as deleted.
    Deleted {
        /// Its number.
        number: u32,
    },
    /// RSET took all marks off again.
    Undeleted,
    /// The client asked for TLS (RFC 2595 section 4).
    StlsAsked,
    /// How it was answered.
    StlsAnswered {
        /// Whether the client may begin.
        ok: bool,
    },
    /// The first ClientHello.
    TlsBegan {
        /// The host that the client asked for.
        sni: Option<String>,
        /// The versions it speaks, best first, as they stand on the wire.
        versions: Vec<u16>,
        /// How many suites it offers.
        suites: u32,
    },
    /// The server's choice. Numbers are those of the wire.
    TlsAgreed {
        /// The version.
        version: u16,
        /// The suite.
        suite: u16,
        /// The group of the keys; in TLS 1.2 it follows in [`Fact::TlsGroup`].
        group: Option<u16>,
    },
    /// The group of the server's key in TLS 1.2.
    TlsGroup(u16),
    /// The certificates that somebody showed, which only TLS 1.2 and older do for all to see.
    Certificate {
        /// Whether the client did.
        from_client: bool,
        /// The sender's own first; what is no certificate is left out.
        chain: Vec<Named>,
    },
    /// An alert in the clear.
    TlsAlert {
        /// Whether the client sent it.
        from_client: bool,
        /// 1 is a warning, 2 is fatal.
        level: u8,
        /// What it says, as it stands on the wire.
        description: u8,
    },
    /// A record that only the two ends can read.
    Sealed {
        /// Whether the client sent it.
        from_client: bool,
        /// What its header says that it carries; in TLS 1.3 that is application data always.
        kind: u8,
        /// Its length without the header.
        octets: u32,
    },
    /// QUIT was answered.
    Quit {
        /// Whether the server removed what was marked.
        ok: bool,
    },
    /// The connection ended.
    Closed {
        /// How.
        how: How,
    },
    /// Too much is missing or held back for the streams to be followed; see [`super::Ledger`].
    LostTrack,
    /// The notebook is full: nothing is written into it any more.
    Full,
}

impl Fact {
    /// The octets that it takes beside its own size: texts and lists, about.
    pub(super) fn octets(&self) -> usize {
        let text = |text: &String| size_of::<String>() + text.len();
        match self {
            Fact::Banner(of) | Fact::Stamp(of) | Fact::UserName(of) | Fact::Password(of) => of.len(),
            Fact::Capabilities(list) => list.iter().map(text).sum(),
            Fact::ApopDigest { name, digest } => name.len() + digest.len(),
            Fact::CramMd5 { name, challenge, digest } => name.len() + challenge.len() + digest.len(),
            Fact::Sizes(list) => size_of_val(list.as_slice()),
            Fact::UniqueIds(list) => list.iter().map(|(_, id)| 8 + text(id)).sum(),
            Fact::Message(Letter { from, to, subject, date, .. }) => {
                [from, to, subject, date].into_iter().flatten().map(String::len).sum()
            }
            Fact::TlsBegan { sni, versions, .. } => sni.as_ref().map_or(0, text) + 2 * versions.len(),
            Fact::Certificate { chain, .. } => chain.iter().map(Named::octets).sum(),
            _ => 0,
        }
    }
}

impl Named {
    fn octets(&self) -> usize {
        let texts = self.dns_names.iter().chain(&self.mailboxes).chain([&self.subject, &self.issuer]);
        size_of::<Named>() + texts.map(|text| size_of::<String>() + text.len()).sum::<usize>()
    }
}

/// What is learnt from a message that is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub number: u32,
    /// With TOP, how many lines of the body were asked for.
    pub lines: Option<u64>,
    /// The octets that were fetched, byte-stuffing undone.
    pub octets: u64,
    /// Whether the answer came to its end.
    pub complete: bool,
    /// The field of this name, unfolded (RFC 5322 section 2.2.3), encoded words as they are.
    pub from: Option<String>,
    /// The same.
    pub to: Option<String>,
    /// The same.
    pub subject: Option<String>,
    /// The same.
    pub date: Option<String>,
}

/// What is learnt from a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whose it is.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The hosts it is for.
    pub dns_names: Vec<String>,
    /// The people it is for, by their mail addresses.
    pub mailboxes: Vec<String>,
    /// The first second in which it is valid, counted from 1970.
    pub not_before: i64,
    /// The last.
    pub not_after: i64,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Both sides said FIN.
    Fin,
    /// One said RST.
    Reset,
}

/// What is read off a connection in the clear, and not off one with TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// What the server says of itself, with the time stamp.
    Banner,
    /// What the server can do.
    Capabilities,
    /// Whose mailbox it is.
    UserName,
    /// The password, or the digest that it can be guessed from.
    Password,
    /// Whether the login worked.
    Login,
    /// How much mail there is.
    MailCount,
    /// The size of each message.
    Sizes,
    /// The unique-id of each message.
    UniqueIds,
    /// The messages, with who wrote them about what.
    Messages,
    /// Which messages were deleted.
    Deleted,
    /// Whether the session ended as it should.
    Quit,
    /// Whose certificate the server showed: hidden in TLS 1.3.
    Certificate,
}

impl Hidden {
    /// All of them, in the order in which a session would give them away.
    pub const ALL: [Hidden; 12] = [
        Hidden::Certificate,
        Hidden::Banner,
        Hidden::Capabilities,
        Hidden::UserName,
        Hidden::Password,
        Hidden::Login,
        Hidden::MailCount,
        Hidden::Sizes,
        Hidden::UniqueIds,
        Hidden::Messages,
        Hidden::Deleted,
        Hidden::Quit,
    ];

    /// What a fact gives away of all this.
    pub(super) fn given_away_by(fact: &Fact) -> Option<Hidden> {
        Some(match fact {
            Fact::Banner(_) => Hidden::Banner,
            Fact::Capabilities(_) => Hidden::Capabilities,
            Fact::UserName(_) => Hidden::UserName,
            Fact::Password(_) | Fact::ApopDigest { .. } | Fact::CramMd5 { .. } => Hidden::Password,
            Fact::Login { .. } => Hidden::Login,
            Fact::MailCount { .. } => Hidden::MailCount,
            Fact::Sizes(_) => Hidden::Sizes,
            Fact::UniqueIds(_) => Hidden::UniqueIds,
            Fact::Message(_) => Hidden::Messages,
            Fact::Deleted { .. } => Hidden::Deleted,
            Fact::Quit { .. } => Hidden::Quit,
            Fact::Certificate { from_client: false, .. } => Hidden::Certificate,
            _ => return None,
        })
    }
}

/// What sealed records give away all the same: after a request of about so many octets, about so many were
/// answered. That it was a mail, nobody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The frame with the end of the last record so far.
    pub frame: u32,
    /// Octets of the request; none if the server spoke first.
    pub asked: Option<u64>,
    /// Octets of the answer.
    pub octets: u64,
}
