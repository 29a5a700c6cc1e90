//! The two groups in which keys are exchanged (ECDHE).

use super::Scoped;
use p256::elliptic_curve::point::AffineCoordinates;
use p256::elliptic_curve::sec1::ToSec1Point;
use rustls::crypto::{ActiveKeyExchange, SecureRandom, SharedSecret, SupportedKxGroup};
use rustls::{Error, NamedGroup, PeerMisbehaved};

/// Curve25519 (RFC 7748).
#[derive(Debug)]
pub(super) struct X25519;

/// The curve P-256, its points uncompressed (RFC 8446 section 4.2.8.2).
#[derive(Debug)]
pub(super) struct P256;

struct OurX25519 {
    secret: [u8; 32],
    public: [u8; 32],
}

struct OurP256 {
    secret: p256::SecretKey,
    public: p256::Sec1Point,
}

impl SupportedKxGroup for X25519 {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let mut secret = [0; 32];
        Scoped.fill(&mut secret)?;
        let public = x25519_dalek::x25519(secret, x25519_dalek::X25519_BASEPOINT_BYTES);
        Ok(Box::new(OurX25519 { secret, public }))
    }

    fn name(&self) -> NamedGroup {
        NamedGroup::X25519
    }
}

impl ActiveKeyExchange for OurX25519 {
    fn complete(self: Box<Self>, theirs: &[u8]) -> Result<SharedSecret, Error> {
        let theirs = theirs.try_into().map_err(|_| PeerMisbehaved::InvalidKeyShare)?;
        let shared = x25519_dalek::x25519(self.secret, theirs);
        // RFC 8446 section 7.4.2: a point of small order gives zero, whatever our secret is.
        match shared {
            [0, ..] if shared == [0; 32] => Err(PeerMisbehaved::InvalidKeyShare.into()),
            _ => Ok(SharedSecret::from(&shared[..])),
        }
    }

    fn pub_key(&self) -> &[u8] {
        &self.public
    }

    fn group(&self) -> NamedGroup {
        NamedGroup::X25519
    }
}

/// A point of P-256 in full (SEC 1 section 2.3.3): both coordinates, of which TLS allows no shorter form. Certificates
/// could have one, which nobody writes and others do not read either.
pub(super) fn point(octets: &[u8]) -> Option<p256::AffinePoint> {
    let [4, coordinates @ ..] = octets else { return None };
    let (x, y) = coordinates.split_at_checked(32)?;
    p256::AffinePoint::from_coordinates(x.try_into().ok()?, y.try_into().ok()?).into_option()
}

/// How often octets are drawn that are no secret key of P-256; each time it is one in 2^32.
const DRAWS: usize = 8;

impl SupportedKxGroup for P256 {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        for _ in 0..DRAWS {
            let mut secret = [0; 32];
            Scoped.fill(&mut secret)?;
            if let Ok(secret) = p256::SecretKey::from_slice(&secret) {
                let public = secret.public_key().to_sec1_point(false);
                return Ok(Box::new(OurP256 { secret, public }));
            }
        }
        Err(Error::FailedToGetRandomBytes)
    }

    fn name(&self) -> NamedGroup {
        NamedGroup::secp256r1
    }
}

impl ActiveKeyExchange for OurP256 {
    fn complete(self: Box<Self>, theirs: &[u8]) -> Result<SharedSecret, Error> {
        let misbehaved = || Error::from(PeerMisbehaved::InvalidKeyShare);
        let theirs = point(theirs).ok_or_else(misbehaved)?;
        let theirs = p256::PublicKey::from_affine(theirs).map_err(|_| misbehaved())?;
        let shared = self.secret.diffie_hellman(&theirs);
        Ok(SharedSecret::from(&shared.raw_secret_bytes()[..]))
    }

    fn pub_key(&self) -> &[u8] {
        self.public.as_bytes()
    }

    fn group(&self) -> NamedGroup {
        NamedGroup::secp256r1
    }
}
