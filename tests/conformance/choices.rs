//! Where the RFCs leave room, or deployed servers take it: what this server does, and why.

/// One choice.
pub struct Choice {
    /// As `requirements.json` names it.
    pub id: &'static str,
    /// What is open.
    pub about: &'static str,
    /// What this server does.
    pub ours: &'static str,
    /// Why.
    pub why: &'static str,
}

const fn choice(id: &'static str, about: &'static str, ours: &'static str, why: &'static str) -> Choice {
    Choice { id, about, ours, why }
}

/// Every choice.
pub const CHOICES: &[Choice] = &[
    choice(
        "A1",
        "LF alone as a line end",
        "ends a line",
        "so does every server that people meet, and each line still has one answer",
    ),
    choice(
        "A2",
        "surplus arguments of STAT, NOOP, RSET, QUIT, CAPA, STLS",
        "-ERR",
        "a syntax error by the letter; `QUIT x` must not remove mail",
    ),
    choice("A3", "blanks that are one too many", "-ERR", "the grammar has one SP; a learner should see that"),
    choice(
        "A4",
        "another command between USER and PASS",
        "forgets the name",
        "RFC 1939 says *immediately after*",
    ),
    choice(
        "A5",
        "USER or APOP after USER",
        "-ERR, and the name is forgotten",
        "by the letter; two names are never mixed",
    ),
    choice("A6", "blanks around the password", "belong to it", "PASS takes one string"),
    choice(
        "A7",
        "the exclusive lock",
        "held for the session, [IN-USE] after the password was found right",
        "the RFC's picture of a maildrop is the thing to be shown",
    ),
    choice(
        "A8",
        "size of a message without a final CRLF",
        "counts the CRLF that RETR adds",
        "LIST says what RETR delivers",
    ),
    choice(
        "A9",
        "LF or CR alone in stored mail",
        "LF becomes CRLF before stuffing, CR stays",
        "no client may see an end that is none",
    ),
    choice(
        "A10",
        "TOP of a message without a blank line",
        "sends the header as it is",
        "nothing is invented",
    ),
    choice("A11", "upper-case digests", "-ERR, for APOP as for CRAM-MD5", "they are defined as lower-case"),
    choice("A12", "the ten minutes before login", "hold there too", "the text names no state"),
    choice("A13", "words on autologout", "none", "RFC 1939 section 3"),
    choice("A14", "CAPA after login", "everything but STLS", "RFC 2449 section 5"),
    choice(
        "A15",
        "what outlives STLS",
        "the TCP connection only",
        "what was said in the clear may have been said by somebody else",
    ),
    choice("A16", "AUTH without an argument", "-ERR", "RFC 5034 has no list; CAPA has"),
    choice("A17", "spare bits in base64", "-ERR", "one text has one encoding"),
    choice("A18", "AUTH lines of more than 255 octets", "up to the limit of a response", "tokens are longer"),
    choice("A19", "SCRAM-SHA-1", "offered beside SCRAM-SHA-256", "RFC 5802 section 4; a setting"),
    choice(
        "A20",
        "sizes where a message is not sent as it is",
        "no surrogate is made: without UTF8, RETR and TOP answer -ERR [UTF8]",
        "a size is then always that of the message",
    ),
    choice("A21", "a negative greeting", "none is ever sent", "a world has room for all"),
    choice("A22", "STLS in CAPA after login", "not there", "RFC 2595 section 4"),
    choice(
        "A23",
        "length of keywords",
        "any; only exact ones are known",
        "a longer word is an unknown command",
    ),
    choice(
        "A24",
        "[AUTH] for errors of syntax",
        "no; for credentials and policies only",
        "RFC 3206 section 4",
    ),
    choice(
        "A25",
        "unknown names in SCRAM",
        "get a salt that is invented, always the same",
        "names cannot be probed",
    ),
    choice("A26", "UTF8 after login", "-ERR", "RFC 6856 section 2"),
    choice("A27", "an empty line", "-ERR", "it is a command with a syntax error"),
    choice("A28", "numbers in LIST after DELE", "stay", "RFC 1939 section 5"),
    choice(
        "A29",
        "the order of UPDATE",
        "remove, unlock, answer, close",
        "who reads the answer may come back at once",
    ),
    choice(
        "A30",
        "closing after failed logins",
        "after five, a setting",
        "a learner may try, a robot may not",
    ),
];
