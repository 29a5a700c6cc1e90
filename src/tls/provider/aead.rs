//! The three AEADs, and how the records of both versions are sealed and opened with them. What goes
//! through is told to the [scope]: so the plain text of each record can be shown.

use super::scope;
use crate::tls::record::ContentType;
use crate::tls::scope::Sealed;
use aes_gcm::aead::consts::{U12, U16};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use chacha20poly1305::ChaCha20Poly1305;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, KeyBlockShape, MessageDecrypter,
    MessageEncrypter, NONCE_LEN, Nonce, OutboundOpaqueMessage, OutboundPlainMessage, PrefixedPayload,
    Tls12AeadAlgorithm, Tls13AeadAlgorithm, UnsupportedOperationError, make_tls12_aad, make_tls13_aad,
};
use rustls::{ConnectionTrafficSecrets, Error, ProtocolVersion};

pub(super) static AES_128_GCM: Aead = Aead {
    key: 16,
    explicit: 8,
    cipher: cipher::<Aes128Gcm>,
    secrets: |key, iv| ConnectionTrafficSecrets::Aes128Gcm { key, iv },
};

pub(super) static AES_256_GCM: Aead = Aead {
    key: 32,
    explicit: 8,
    cipher: cipher::<Aes256Gcm>,
    secrets: |key, iv| ConnectionTrafficSecrets::Aes256Gcm { key, iv },
};

pub(super) static CHACHA20_POLY1305: Aead = Aead {
    key: 32,
    explicit: 0,
    cipher: cipher::<ChaCha20Poly1305>,
    secrets: |key, iv| ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv },
};

/// An AEAD as TLS uses it.
pub(super) struct Aead {
    /// Octets of a key.
    key: usize,
    /// Octets of the nonce that go along with each record of TLS 1.2; the rest is agreed on.
    explicit: usize,
    cipher: fn(&[u8]) -> Cipher,
    secrets: fn(AeadKey, Iv) -> ConnectionTrafficSecrets,
}

/// A cipher with its key. There is none if the key has not the right length, and then all fails.
type Cipher = Option<Box<dyn Seal>>;

/// What the ciphers have in common once they have their keys.
trait Seal: Send + Sync {
    fn seal(&self, nonce: [u8; NONCE_LEN], aad: &[u8], octets: &mut [u8]) -> Option<[u8; TAG]>;
    fn open(&self, nonce: [u8; NONCE_LEN], aad: &[u8], octets: &mut [u8], tag: [u8; TAG]) -> Option<()>;
}

/// Octets of the tag that proves that nothing was changed.
const TAG: usize = 16;

/// The most octets of content in a record (RFC 5246 section 6.2.1).
const LONGEST: usize = 1 << 14;

fn cipher<A>(key: &[u8]) -> Cipher
where
    A: AeadInOut<NonceSize = U12, TagSize = U16> + KeyInit + Send + Sync + 'static,
{
    Some(Box::new(A::new_from_slice(key).ok()?))
}

impl<A: AeadInOut<NonceSize = U12, TagSize = U16> + Send + Sync> Seal for A {
    fn seal(&self, nonce: [u8; NONCE_LEN], aad: &[u8], octets: &mut [u8]) -> Option<[u8; TAG]> {
        self.encrypt_inout_detached(&nonce.into(), aad, octets.into()).ok().map(Into::into)
    }

    fn open(&self, nonce: [u8; NONCE_LEN], aad: &[u8], octets: &mut [u8], tag: [u8; TAG]) -> Option<()> {
        self.decrypt_inout_detached(&nonce.into(), aad, octets.into(), &tag.into()).ok()
    }
}

/// Seals what stands in `payload` from `from` on, and adds the tag.
fn seal(
    cipher: &Cipher,
    nonce: Nonce,
    aad: &[u8],
    payload: &mut PrefixedPayload,
    from: usize,
) -> Result<[u8; TAG], Error> {
    let cipher = cipher.as_ref().ok_or(Error::EncryptError)?;
    let octets = payload.as_mut().get_mut(from..).ok_or(Error::EncryptError)?;
    let tag = cipher.seal(nonce.0, aad, octets).ok_or(Error::EncryptError)?;
    payload.extend_from_slice(&tag);
    Ok(tag)
}

/// Opens `octets`, whose last are the tag, in place. Gives the length of the content.
fn open(cipher: &Cipher, nonce: Nonce, aad: &[u8], octets: &mut [u8]) -> Result<usize, Error> {
    let cipher = cipher.as_ref().ok_or(Error::DecryptError)?;
    let (content, tag) = octets.split_last_chunk_mut::<TAG>().ok_or(Error::DecryptError)?;
    cipher.open(nonce.0, aad, content, *tag).ok_or(Error::DecryptError)?;
    Ok(content.len())
}

fn sealed(message: &OutboundPlainMessage<'_>, tag: [u8; TAG]) {
    let kind = ContentType::from(u8::from(message.typ));
    scope::ask(|scope| {
        scope.seen.sealed.push_back(Sealed { kind, plain: message.payload.to_vec(), tag });
    });
}

fn opened<'a>(message: InboundPlainMessage<'a>) -> InboundPlainMessage<'a> {
    let kind = ContentType::from(u8::from(message.typ));
    scope::ask(|scope| scope.seen.opened = Some((kind, message.payload.to_vec())));
    message
}

/// RFC 8446 section 5.2.
struct Tls13(Cipher, Iv);

impl Tls13AeadAlgorithm for Aead {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        Box::new(Tls13((self.cipher)(key.as_ref()), iv))
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        Box::new(Tls13((self.cipher)(key.as_ref()), iv))
    }

    fn key_len(&self) -> usize {
        self.key
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: Iv,
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        Ok((self.secrets)(key, iv))
    }
}

impl MessageEncrypter for Tls13 {
    fn encrypt(
        &mut self,
        message: OutboundPlainMessage<'_>,
        sequence: u64,
    ) -> Result<OutboundOpaqueMessage, Error> {
        let length = self.encrypted_payload_len(message.payload.len());
        let mut payload = PrefixedPayload::with_capacity(length);
        payload.extend_from_chunks(&message.payload);
        payload.extend_from_slice(&message.typ.to_array());
        let nonce = Nonce::new(&self.1, sequence);
        let tag = seal(&self.0, nonce, &make_tls13_aad(length), &mut payload, 0)?;
        sealed(&message, tag);
        let outer = rustls::ContentType::ApplicationData;
        Ok(OutboundOpaqueMessage::new(outer, ProtocolVersion::TLSv1_2, payload))
    }

    fn encrypted_payload_len(&self, length: usize) -> usize {
        length + 1 + TAG
    }
}

impl MessageDecrypter for Tls13 {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let aad = make_tls13_aad(message.payload.len());
        let length = open(&self.0, Nonce::new(&self.1, sequence), &aad, &mut message.payload)?;
        message.payload.truncate(length);
        message.into_tls13_unpadded_message().map(opened)
    }
}

/// RFC 5288 section 3 where a part of the nonce goes along, RFC 7905 section 2 where it does not.
struct Tls12 {
    cipher: Cipher,
    /// The agreed part of the nonce, then what was agreed on for the beginning of the other.
    iv: Iv,
    explicit: usize,
}

impl Tls12 {
    fn new(aead: &Aead, key: &AeadKey, iv: &[u8], extra: &[u8]) -> Box<Tls12> {
        let mut whole = [0; NONCE_LEN];
        let agreed = iv.iter().chain(extra);
        whole.iter_mut().zip(agreed).for_each(|(to, from)| *to = *from);
        let cipher = (aead.cipher)(key.as_ref());
        Box::new(Tls12 { cipher, iv: Iv::new(whole), explicit: aead.explicit })
    }
}

impl Tls12AeadAlgorithm for Aead {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        Tls12::new(self, &key, iv, extra)
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        Tls12::new(self, &key, iv, &[])
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        KeyBlockShape {
            enc_key_len: self.key,
            fixed_iv_len: NONCE_LEN - self.explicit,
            explicit_nonce_len: self.explicit,
        }
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: &[u8],
        explicit: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        let whole = [iv, explicit].concat();
        let whole = whole.try_into().map_err(|_| UnsupportedOperationError)?;
        Ok((self.secrets)(key, Iv::new(whole)))
    }
}

impl MessageEncrypter for Tls12 {
    fn encrypt(
        &mut self,
        message: OutboundPlainMessage<'_>,
        sequence: u64,
    ) -> Result<OutboundOpaqueMessage, Error> {
        let length = message.payload.len();
        let mut payload = PrefixedPayload::with_capacity(self.encrypted_payload_len(length));
        let nonce = Nonce::new(&self.iv, sequence);
        payload.extend_from_slice(&nonce.0[NONCE_LEN - self.explicit..]);
        payload.extend_from_chunks(&message.payload);
        let aad = make_tls12_aad(sequence, message.typ, message.version, length);
        let tag = seal(&self.cipher, nonce, &aad, &mut payload, self.explicit)?;
        sealed(&message, tag);
        Ok(OutboundOpaqueMessage::new(message.typ, message.version, payload))
    }

    fn encrypted_payload_len(&self, length: usize) -> usize {
        self.explicit + length + TAG
    }
}

impl MessageDecrypter for Tls12 {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let (kind, version) = (message.typ, message.version);
        let octets = &mut *message.payload;
        let (explicit, octets) = octets.split_at_mut_checked(self.explicit).ok_or(Error::DecryptError)?;
        let mut nonce = Nonce::new(&self.iv, sequence);
        if self.explicit > 0 {
            nonce.0[NONCE_LEN - self.explicit..].copy_from_slice(explicit);
        }
        let length = octets.len().checked_sub(TAG).ok_or(Error::DecryptError)?;
        if length > LONGEST {
            return Err(Error::PeerSentOversizedRecord);
        }
        let aad = make_tls12_aad(sequence, kind, version, length);
        open(&self.cipher, nonce, &aad, octets)?;
        let content = self.explicit..self.explicit + length;
        Ok(opened(message.into_plain_message_range(content)))
    }
}
