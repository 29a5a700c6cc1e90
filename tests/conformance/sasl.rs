//! The step `sasl`: a whole exchange from the AUTH line up to the final status line, which is left unread; right, or
//! wrong in one way. The messages are put together here, from what the crate computes: a client that is right
//! would not send them.

use super::interpreter::{Interpreter, Outcome};
use super::wire::Peeked;
use base64::prelude::{BASE64_STANDARD, Engine};
use pop3lab::sasl::scram::{Binding, ClientFinal, ClientFirst, Header, ServerFirst, Work, auth_message};
use pop3lab::sasl::{Hash, cram_md5};
use serde_json::Value;

impl Interpreter<'_> {
    pub(super) fn sasl(&mut self, on: &str, told: &Value) -> Outcome {
        let mechanism = told["mech"].as_str().expect("a mechanism");
        match mechanism {
            "CRAM-MD5" => self.cram_md5(on, told),
            _ => self.scram(on, mechanism, told),
        }
    }

    fn cram_md5(&mut self, on: &str, told: &Value) -> Outcome {
        self.send(on, b"AUTH CRAM-MD5\r\n");
        let Some(challenge) = self.challenge(on)? else { return Ok(()) };
        let user = told["user"].as_str().unwrap();
        let digest = cram_md5::Work::new(told["password"].as_str().unwrap(), &challenge).hex();
        let (start, last) = digest.split_at(31);
        let response = match told["mod"].as_str() {
            None => format!("{user} {digest}"),
            Some("flip") => format!("{user} {start}{}", if last == "0" { "1" } else { "0" }),
            Some("short") => format!("{user} {start}"),
            Some("nonhex") => format!("{user} z{}", &digest[1..]),
            Some("upper") => format!("{user} {}", digest.to_uppercase()),
            Some("nospace") => format!("{user}{digest}"),
            Some("empty") => String::new(),
            Some(other) => panic!("what is {other}?"),
        };
        self.respond(on, &response);
        Ok(())
    }

    fn scram(&mut self, on: &str, mechanism: &str, told: &Value) -> Outcome {
        let text = |key: &str| told[key].as_str();
        let hash = match text("hash").unwrap_or(if mechanism.contains("256") { "sha256" } else { "sha1" }) {
            "sha1" => Hash::Sha1,
            _ => Hash::Sha256,
        };
        let binding = match text("cb").unwrap_or("n") {
            "n" => Binding::None,
            "y" => Binding::Unoffered,
            other => Binding::By(other.strip_prefix("p=").expect("a binding").into()),
        };
        let header = Header { binding, authzid: text("authzid").map(str::to_owned) };
        // A nonce that no other exchange of the vectors has.
        let nonce = format!("conformance{}", self.story.len());
        let mut first = ClientFirst::new(header, text("user").unwrap(), &nonce);
        first.bare.extend(text("ext").map(|extension| format!(",{extension}")));
        if told["ir"].as_bool().unwrap_or(true) {
            let message = BASE64_STANDARD.encode(first.text());
            self.send(on, format!("AUTH {mechanism} {message}\r\n").as_bytes());
        } else {
            self.send(on, format!("AUTH {mechanism}\r\n").as_bytes());
            match self.challenge(on)? {
                None => return Ok(()),
                Some(challenge) if challenge.is_empty() => self.respond(on, &first.text()),
                Some(_) => return Err("a challenge before client-first is not empty".into()),
            }
        }
        let Some(challenge) = self.challenge(on)? else { return Ok(()) };
        let offer = ServerFirst::read(&challenge).map_err(|flaw| format!("server-first: {flaw:?}"))?;
        if !offer.nonce.starts_with(&nonce) || offer.nonce.len() <= nonce.len() {
            return Err("the server's nonce does not extend the client's".into());
        }
        let wrong = text("mod");
        let nonce = match wrong {
            Some("nonce") => {
                let (start, last) = offer.nonce.split_at(offer.nonce.len() - 1);
                format!("{start}{}", if last == "A" { "B" } else { "A" })
            }
            Some("nonce-client") => nonce,
            _ => offer.nonce.clone(),
        };
        let channel = text("cbdata").map(unhex).unwrap_or_default();
        let header = if wrong == Some("cbind") { "y,,".to_owned() } else { first.gs2.clone() };
        let mut last = ClientFinal::new(&header, if wrong == Some("cbind") { &[] } else { &channel }, &nonce);
        let message = auth_message(&first, &offer.text(), &last.without_proof);
        let work = Work::new(hash, text("password").unwrap(), &offer.salt, offer.iterations, message);
        last.proof.clone_from(&work.client_proof);
        if wrong == Some("proof") {
            last.proof[0] ^= 1;
        }
        let response = match wrong {
            Some("no-proof") => last.without_proof.clone(),
            Some("reorder") => {
                let (binding, nonce) = last.without_proof.split_once(',').unwrap();
                format!("{nonce},{binding},p={}", BASE64_STANDARD.encode(&last.proof))
            }
            Some("garbage-final") => "garbage".into(),
            Some("empty-final") => String::new(),
            _ => last.text(),
        };
        self.respond(on, &response);
        let Some(challenge) = self.challenge(on)? else { return Ok(()) };
        let expected = format!("v={}", BASE64_STANDARD.encode(&work.server_signature));
        if challenge != expected.as_bytes() {
            return Err("the server's signature is wrong".into());
        }
        self.send(on, format!("{}\r\n", text("ack").unwrap_or_default()).as_bytes());
        Ok(())
    }

    fn respond(&mut self, on: &str, message: &str) {
        let line = BASE64_STANDARD.encode(message) + "\r\n";
        self.send(on, line.as_bytes());
    }

    /// The next challenge; none if the server ends the exchange, which is left unread.
    fn challenge(&mut self, on: &str) -> Outcome<Option<Vec<u8>>> {
        match self.wire.peek(on) {
            Peeked::Line(line) if line.starts_with(b"+ ") => {}
            Peeked::Line(_) => return Ok(None),
            Peeked::End | Peeked::Silence => return Err("no challenge came".into()),
        }
        let line = self.wire.line(on)?;
        self.story.push(format!("S[{on}]: {}", line.escape_ascii()));
        BASE64_STANDARD.decode(&line[2..]).map(Some).map_err(|wrong| wrong.to_string())
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits");
    (0..text.len()).step_by(2).map(digit).collect()
}
