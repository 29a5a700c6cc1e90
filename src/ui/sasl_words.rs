//! What a part of a message of AUTH is, and the message itself with its base64 undone.

use super::exchange::Message;
use super::parts::classed;
use super::terminal::text;
use crate::i18n::{Id, Words, id};
use crate::sasl::fields::{Field, FieldKind};
use crate::sasl::{Flaw, Mechanism};
use yew::prelude::*;

/// The message that says what a part is.
fn field(kind: FieldKind) -> Id {
    match kind {
        FieldKind::Authzid => id::SASL_AUTHZID,
        FieldKind::Authcid => id::SASL_AUTHCID,
        FieldKind::Password => id::SASL_PASSWORD,
        FieldKind::Prompt => id::SASL_PROMPT,
        FieldKind::Challenge => id::SASL_CHALLENGE,
        FieldKind::Digest => id::SASL_DIGEST,
        FieldKind::BindingFlag => id::SASL_BINDING_FLAG,
        FieldKind::Nonce => id::SASL_NONCE,
        FieldKind::Salt => id::SASL_SALT,
        FieldKind::Iterations => id::SASL_ITERATIONS,
        FieldKind::Binding => id::SASL_BINDING,
        FieldKind::Proof => id::SASL_PROOF,
        FieldKind::Signature => id::SASL_SIGNATURE,
        FieldKind::Error => id::SASL_ERROR,
        FieldKind::Host => id::SASL_HOST,
        FieldKind::Port => id::SASL_PORT,
        FieldKind::Token => id::SASL_TOKEN,
        FieldKind::Status => id::SASL_STATUS,
        FieldKind::Other => id::SASL_OTHER,
    }
}

/// The message that says what is wrong with a message.
pub(super) fn flaw(flaw: Flaw) -> Id {
    match flaw {
        Flaw::NotBase64 => id::FLAW_NOT_BASE64,
        Flaw::NotUtf8 => id::FLAW_NOT_UTF8,
        Flaw::Prohibited => id::FLAW_PROHIBITED,
        Flaw::Empty => id::FLAW_EMPTY,
        Flaw::Parts => id::FLAW_PARTS,
        Flaw::Escape => id::FLAW_ESCAPE,
        Flaw::Extension => id::FLAW_EXTENSION,
        Flaw::Nonce => id::FLAW_NONCE,
        Flaw::Proof => id::FLAW_PROOF,
        Flaw::Header => id::FLAW_HEADER,
        Flaw::TooEarly => id::FLAW_TOO_EARLY,
        Flaw::Surplus => id::FLAW_SURPLUS,
    }
}

/// A message of an exchange: as a whole, and each field with what it is.
pub(super) fn message(mechanism: Mechanism, message: &Message, words: Words) -> Html {
    let said = match &message.octets {
        Err(wrong) => html! { <p class="refused">{ words.say(flaw(*wrong)) }</p> },
        Ok(octets) if octets.is_empty() => {
            let external = mechanism == Mechanism::External;
            classed(
                "p",
                "empty",
                words.say(if external { id::EXCHANGE_EXTERNAL } else { id::EXCHANGE_EMPTY }),
            )
        }
        Ok(octets) => {
            let one = |part: &Field| {
                html! {
                    <div class="token-row">
                        <dt><code>{ text(&octets[part.span.clone()], words) }</code></dt>
                        <dd>{ words.say(field(part.kind)) }</dd>
                    </div>
                }
            };
            // One field that is all of it need not be shown twice.
            let whole = message.fields.first().is_none_or(|first| first.span.len() < octets.len());
            html! {
                <>
                    if whole { <p class="whole"><code>{ text(octets, words) }</code></p> }
                    <dl class="tokens">{ for message.fields.iter().map(one) }</dl>
                </>
            }
        }
    };
    html! {
        <div class="exchange" data-testid="exchange">
            <h3>{ words.with(id::EXCHANGE_SAYS, &[("mechanism", mechanism.to_string().into())]) }</h3>
            { said }
        </div>
    }
}
