//! Writes a certificate (RFC 5280 section 4.1) and has it signed.

use super::der;
use super::host::Host;
use super::key::Key;
use crate::dissect::oid;

/// What a certificate is to say.
pub struct Draft<'a> {
    /// The common name of who holds the key.
    pub subject: &'a str,
    /// The key in it.
    pub key: &'a Key,
    /// 16 octets; the first bit is not used.
    pub serial: [u8; 16],
    /// The first and the last second in which it is valid, counted from 1970.
    pub validity: (i64, i64),
    /// What its key is for.
    pub role: Role,
}

/// What the key of a certificate is for.
pub enum Role {
    /// To issue certificates, with at most so many authorities below if that is limited.
    Authority {
        /// How many authorities may follow.
        below: Option<u8>,
    },
    /// To be this host.
    Server(Host),
    /// To be who has this mail address.
    Person(String),
}

/// The most characters of a common name (RFC 5280 appendix A, ub-common-name).
const LONGEST_NAME: usize = 64;

impl Draft<'_> {
    /// The certificate, signed by who holds this name and this key.
    pub fn signed_by(&self, issuer: &str, key: &Key) -> Vec<u8> {
        let algorithm = der::sequence(&[&der::object(oid::ECDSA_SHA256)]);
        let extensions = self.extensions(key);
        let tbs = der::sequence(&[
            &der::element(0xa0, &der::element(0x02, &[2])),
            &der::element(0x02, &positive(self.serial)),
            &algorithm,
            &name(issuer),
            &der::sequence(&[&der::time(self.validity.0), &der::time(self.validity.1)]),
            &name(self.subject),
            &self.key.info(),
            &der::element(0xa3, &der::sequence(&[&extensions.concat()])),
        ]);
        let signature = der::bits(0, &key.sign(&tbs));
        der::sequence(&[&tbs, &algorithm, &signature])
    }

    fn extensions(&self, issuer: &Key) -> Vec<Vec<u8>> {
        let mut extensions = Vec::new();
        let mut add = |object: &[u8], critical: bool, value: &[u8]| {
            let critical = if critical { der::yes() } else { vec![] };
            extensions.push(der::sequence(&[&der::object(object), &critical, &der::octets(value)]));
        };
        let authority_key = der::sequence(&[&der::element(0x80, &issuer.id())]);
        add(oid::AUTHORITY_KEY_IDENTIFIER, false, &authority_key);
        let (name, purpose) = match &self.role {
            Role::Authority { below } => {
                let below = below.map_or(vec![], |below| der::element(0x02, &[below]));
                // The sixth bit and the seventh: keyCertSign and cRLSign.
                add(oid::KEY_USAGE, true, &der::bits(1, &[0b0000_0110]));
                add(oid::SUBJECT_KEY_IDENTIFIER, false, &der::octets(&self.key.id()));
                add(oid::BASIC_CONSTRAINTS, true, &der::sequence(&[&der::yes(), &below]));
                return extensions;
            }
            Role::Server(host) => (general_name(host), oid::SERVER_AUTH),
            Role::Person(address) => (der::element(0x81, address.as_bytes()), oid::CLIENT_AUTH),
        };
        add(oid::SUBJECT_ALT_NAME, false, &der::sequence(&[&name]));
        // The first bit: digitalSignature.
        add(oid::KEY_USAGE, true, &der::bits(7, &[0b1000_0000]));
        add(oid::EXTENDED_KEY_USAGE, false, &der::sequence(&[&der::object(purpose)]));
        add(oid::SUBJECT_KEY_IDENTIFIER, false, &der::octets(&self.key.id()));
        // Empty: not an authority.
        add(oid::BASIC_CONSTRAINTS, true, &der::sequence(&[]));
        extensions
    }
}

/// A name of one part, the common name; one that is too long for that is cut.
fn name(common: &str) -> Vec<u8> {
    let common: String = common.chars().take(LONGEST_NAME).collect();
    let text = der::element(0x0c, common.as_bytes());
    let attribute = der::sequence(&[&der::object(oid::COMMON_NAME), &text]);
    der::sequence(&[&der::element(0x31, &attribute)])
}

/// A host as a certificate names it (RFC 5280 section 4.2.1.6).
fn general_name(host: &Host) -> Vec<u8> {
    match host {
        Host::V4(address) => der::element(0x87, address),
        Host::Name(name) | Host::V6(name) => der::element(0x82, name.as_bytes()),
    }
}

/// A number above 0 in the fewest octets: at most 20 are allowed, and the first bit is the sign.
fn positive(mut octets: [u8; 16]) -> [u8; 16] {
    octets[0] = octets[0] & 0x7f | 0x40;
    octets
}
