//! What a learner's mail program would say next in an exchange of AUTH: computed by the client's side of `sasl`
//! from what was said so far, and offered as a line.

use super::exchange::{CANCEL, Messages};
use super::moves::{KNOWN, password};
use crate::policy::Shown;
use crate::sasl::scram::{Binding, ClientFirst};
use crate::sasl::{Channel, Client, Guard, Hash, Identity, MECHANISMS, Mechanism, coding};
use crate::trace::{Connection, Scene, Side};
use crate::world::TOKEN;

/// The lines with which one can go on: the computed response if there is one, an empty one, and the end of it.
pub fn responses(scene: &Scene, connection: &Connection) -> Vec<(String, bool)> {
    let computed = next_response(scene, connection);
    let cancel = String::from_utf8_lossy(CANCEL).into_owned();
    let mut lines: Vec<(String, bool)> = computed.map(|line| (line, true)).into_iter().collect();
    if lines.iter().all(|(line, _)| !line.is_empty()) {
        lines.push((String::new(), false));
    }
    lines.push((cancel, false));
    lines
}

/// The mechanisms that can be begun: those that CAPA has listed, else those that this server has anyway.
pub fn mechanisms(connection: &Connection) -> Vec<Mechanism> {
    let exporter = connection.secured.as_ref().is_some_and(|agreed| agreed.exporter.is_some());
    // A session inside TLS has begun: then what was shown was taken.
    let shown = connection.policy.asks && connection.policy.shows != Shown::None;
    let carries = |mechanism: Mechanism| {
        let row = mechanism.row();
        let guarded = match row.guard {
            Guard::Anywhere => true,
            Guard::UnlessAllowed => connection.is_secure() || connection.policy.login_in_the_clear,
            Guard::Tls => connection.is_secure(),
        };
        guarded && (!row.binds_channel || exporter) && (mechanism != Mechanism::External || shown)
    };
    match &connection.mechanisms {
        Some(listed) => {
            let names = listed.split(|octet| *octet == b' ');
            names.filter_map(|name| Mechanism::of_name(std::str::from_utf8(name).ok()?)).collect()
        }
        None => MECHANISMS.iter().map(|row| row.mechanism).filter(|mechanism| carries(*mechanism)).collect(),
    }
}

/// The next response, if there is one that opens the mailbox of somebody whose secret the page tells.
fn next_response(scene: &Scene, connection: &Connection) -> Option<String> {
    let exchange = connection.exchange.as_ref().filter(|_| connection.challenged)?;
    let Messages { mechanism, list } = Messages::read(&exchange.lines)?;
    let exporter = connection.secured.as_ref().and_then(|agreed| agreed.exporter);
    let first = list.iter().find(|message| message.from == Side::Client);
    let first = first.and_then(|message| message.octets.clone().ok());
    // What was said already holds, whoever said it: the nonce, the name and what is bound to.
    let said = first.as_deref().filter(|_| mechanism.scram().is_some());
    let said = said.map(ClientFirst::read).transpose().ok()?;
    let channel = match (&said, exporter) {
        (Some(ClientFirst { header, .. }), _) if header.binding == Binding::Unoffered => Channel::Unoffered,
        (_, Some(octets)) => Channel::Exporter(octets),
        (_, None) => Channel::None,
    };
    let name = match &said {
        Some(first) => first.name.clone(),
        None if mechanism == Mechanism::Login && first.is_some() => String::from_utf8(first.clone()?).ok()?,
        None => KNOWN[0].0.to_owned(),
    };
    let token = matches!(mechanism, Mechanism::OauthBearer | Mechanism::Xoauth2);
    let secret = if token { TOKEN } else { password(&name)? }.to_owned();
    let nonce = match &said {
        Some(first) => first.nonce.clone(),
        None => nonce(scene.seed, connection.id.0, exchange.began),
    };
    let acts_as = said.and_then(|first| first.header.authzid);
    let mut client = Client::new(mechanism, Identity { name, acts_as, secret }, nonce, channel);
    // The client says again what was said until now; where it would have said something else, it has no advice.
    let first_speaks = mechanism.row().client_first;
    for (at, message) in list.iter().enumerate() {
        let octets = message.octets.as_ref().ok()?;
        let response = match message.from {
            Side::Client if at == 0 && first_speaks => client.begin().ok()??,
            Side::Client if at == 0 => client.respond(b"").ok()?,
            Side::Client => continue,
            Side::Server => client.respond(octets).ok()?,
        };
        let said = match message.from {
            Side::Client => Some(message),
            Side::Server => list[at..].iter().find(|next| next.from == Side::Client),
        };
        match said.map(|said| said.octets.as_ref()) {
            None => return Some(coding::encode(&response)),
            Some(Ok(said)) if *said == response => {}
            Some(_) => return None,
        }
    }
    let begins = list.is_empty() && first_speaks;
    begins.then(|| client.begin().ok()?).flatten().map(|response| coding::encode(&response))
}

/// A nonce that no other exchange of this world has. Whoever knows the seed knows it: a demonstration may do that.
fn nonce(seed: u64, connection: u32, began: u32) -> String {
    let drawn = Hash::Sha256.digest(format!("nonce of a client {seed} {connection} {began}").as_bytes());
    coding::encode(&drawn[..18])
}
