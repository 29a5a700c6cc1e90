//! SCRAM (RFC 5802, RFC 7677): client and server prove to each other that they know the password, or what was
//! derived of it, and neither sends it.
//!
//! ```text
//!   C: n,,n=user,r=CLIENT                        the header, the name, a nonce
//!   S: r=CLIENTSERVER,s=SALT,i=4096              both nonces, how the password is to be stretched
//!   C: c=biws,r=CLIENTSERVER,p=PROOF             the header again, bound to the channel with -PLUS
//!   S: v=SIGNATURE                               the server knows the keys as well
//! ```

mod message;

pub use message::{Binding, ClientFinal, ClientFirst, Header, ServerFirst};

use super::Hash;
use super::coding;

/// The rounds that a server asks for: what RFC 7677 section 4 calls the least.
pub const ITERATIONS: u32 = 4096;

/// The type of channel binding that is known here (RFC 9266).
pub const EXPORTER: &str = "tls-exporter";

/// What a server keeps: no password, and nothing that opens a mailbox without guessing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Octets that make the same password different for each account.
    pub salt: Vec<u8>,
    /// The rounds of stretching.
    pub iterations: u32,
    /// `H(ClientKey)`: tells a right ClientKey, and does not give it away.
    pub stored_key: Vec<u8>,
    /// With it the server proves itself.
    pub server_key: Vec<u8>,
}

impl Keys {
    /// Derives them of a password.
    pub fn derive(hash: Hash, password: &str, salt: Vec<u8>, iterations: u32) -> Keys {
        let salted = hash.stretch(password.as_bytes(), &salt, iterations);
        let stored_key = hash.digest(&hash.hmac(&salted, b"Client Key"));
        Keys { salt, iterations, stored_key, server_key: hash.hmac(&salted, b"Server Key") }
    }

    /// Whether the proof is that of somebody who knows the password (RFC 5802 section 3).
    pub fn proves(&self, hash: Hash, auth_message: &[u8], proof: &[u8]) -> bool {
        let signature = hash.hmac(&self.stored_key, auth_message);
        super::same(&self.stored_key, &hash.digest(&xor(&signature, proof)))
    }

    /// The server's own proof.
    pub fn signature(&self, hash: Hash, auth_message: &[u8]) -> Vec<u8> {
        hash.hmac(&self.server_key, auth_message)
    }
}

/// Everything that a client computes (RFC 5802 section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// H.
    pub hash: Hash,
    /// The salt that the server sent.
    pub salt: Vec<u8>,
    /// The rounds that it asked for.
    pub iterations: u32,
    /// `Hi(Normalize(password), salt, i)`.
    pub salted_password: Vec<u8>,
    /// `HMAC(SaltedPassword, "Client Key")`.
    pub client_key: Vec<u8>,
    /// `H(ClientKey)`.
    pub stored_key: Vec<u8>,
    /// client-first-message-bare, server-first-message and client-final-message-without-proof, with commas.
    pub auth_message: String,
    /// `HMAC(StoredKey, AuthMessage)`.
    pub client_signature: Vec<u8>,
    /// `ClientKey XOR ClientSignature`: what is sent.
    pub client_proof: Vec<u8>,
    /// `HMAC(SaltedPassword, "Server Key")`.
    pub server_key: Vec<u8>,
    /// `HMAC(ServerKey, AuthMessage)`: what the server must answer.
    pub server_signature: Vec<u8>,
}

impl Work {
    /// Computes it for a prepared password.
    pub fn new(hash: Hash, password: &str, salt: &[u8], iterations: u32, auth_message: String) -> Work {
        let salted_password = hash.stretch(password.as_bytes(), salt, iterations);
        let client_key = hash.hmac(&salted_password, b"Client Key");
        let stored_key = hash.digest(&client_key);
        let client_signature = hash.hmac(&stored_key, auth_message.as_bytes());
        let server_key = hash.hmac(&salted_password, b"Server Key");
        Work {
            hash,
            salt: salt.to_vec(),
            iterations,
            client_proof: xor(&client_key, &client_signature),
            server_signature: hash.hmac(&server_key, auth_message.as_bytes()),
            salted_password,
            client_key,
            stored_key,
            auth_message,
            client_signature,
            server_key,
        }
    }
}

/// The three messages that both ends prove to have seen the same of.
pub fn auth_message(first: &ClientFirst, server_first: &str, without_proof: &str) -> String {
    format!("{},{server_first},{without_proof}", first.bare)
}

/// The server's last message, `v=` and its signature.
pub fn server_final(signature: &[u8]) -> Vec<u8> {
    format!("v={}", coding::encode(signature)).into_bytes()
}

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}
