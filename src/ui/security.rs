//! What both ends want of TLS, as settings: the mail program's, the server's, and what is wrong with the
//! certificate. Each change starts a fresh connection, since a running one keeps what it was begun with.

use super::app::Doing;
use super::icons::Icon;
use super::parts::{choice, classed, opener, option, plain};
use super::set_pieces::CLOSED_PORT;
use super::tls_words::{fault, security, shown, versions};
use super::wish::Wish;
use crate::i18n::{Id, Words, id};
use crate::pki::Fault;
use crate::policy::{Policy, Road, Security, Shown, Versions};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`SecuritySettings`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is set.
    pub policy: Policy,
    /// The name of the server: its certificate is made for it.
    pub host: String,
    /// The port of the learner's connection.
    pub port: u16,
    /// Called with what a person does.
    pub on_do: Callback<Doing>,
}

/// The settings, and the port with them: what a change goes on from.
pub(super) type Terms = (Policy, u16);

/// What a mail program can be set to: when it begins TLS, and whether a person types what leads there.
const SECURITIES: [(Security, bool); 5] = [
    (Security::None, true),
    (Security::StlsRequired, true),
    (Security::StlsIfOffered, false),
    (Security::StlsRequired, false),
    (Security::TlsAtOnce, true),
];

/// The ports that can be tried, with what is behind each.
const PORTS: [(u16, Id); 3] =
    [(110, id::PORT_110_MEANS), (995, id::PORT_995_MEANS), (CLOSED_PORT, id::PORT_111_MEANS)];

/// The settings, behind one button. The browser itself opens and closes them, and gives the focus back.
#[component]
pub fn SecuritySettings(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let now: Terms = (props.policy, props.port);
    let set = props.on_do.reform(|(policy, port): Terms| Doing::Take(Wish::terms(policy, port)));
    let choose = Chooser { words, now, set: &set };
    let (policy, port) = now;
    html! {
        <>
            { opener("security", "security", Icon::Seal, words.say(id::SECURITY_TITLE)) }
            <div key="security-settings" class="pieces security" id="security" popover="auto" role="group" aria-label={words.say(id::SECURITY_TITLE)}>
                { classed("p", "said", words.say(id::SECURITY_HELP)) }
                <fieldset class="client">
                    { plain("legend", words.say(id::SECURITY_CLIENT)) }
                    { choose.one("port", id::SECURITY_PORT, &PORTS.map(|(held, means)| {
                        (format!("{held}: {}", words.say(means)), held == port)
                    }), |(policy, _), at| (policy, PORTS[at].0)) }
                    { choose.one("client-security", id::SECURITY_WHEN, &SECURITIES.map(|held| {
                        (words.say(security(held.0, held.1)), is(policy, held))
                    }), |(policy, port), at| {
                        let (security, by_hand) = SECURITIES[at];
                        (Policy { security, by_hand, ..policy }, port)
                    }) }
                    { choose.one("tls-version", id::SECURITY_VERSIONS, &Versions::ALL.map(|held| {
                        (versions(held).to_owned(), held == policy.offers)
                    }), |(policy, port), at| (Policy { offers: Versions::ALL[at], ..policy }, port)) }
                    { choose.one("client-certificate", id::SECURITY_SHOWS, &Shown::ALL.map(|held| {
                        (words.say(shown(held)), held == policy.shows)
                    }), |(policy, port), at| (Policy { shows: Shown::ALL[at], ..policy }, port)) }
                    { choose.whether("verify", id::SECURITY_VERIFY, policy.verify, |policy, verify| Policy { verify, ..policy }) }
                </fieldset>
                <fieldset class="server">
                    { plain("legend", words.say(id::SECURITY_SERVER)) }
                    { name(&props.host, &props.on_do, words) }
                    { choose.one("server-version", id::SECURITY_VERSIONS, &Versions::ACCEPTED.map(|held| {
                        (versions(held).to_owned(), held == policy.accepts)
                    }), |(policy, port), at| (Policy { accepts: Versions::ACCEPTED[at], ..policy }, port)) }
                    { choose.whether("stls-offered", id::SECURITY_STLS, policy.stls, |policy, stls| Policy { stls, ..policy }) }
                    { choose.whether("login-in-the-clear", id::SECURITY_LOGIN, policy.login_in_the_clear, |policy, login_in_the_clear| {
                        Policy { login_in_the_clear, ..policy }
                    }) }
                    { choose.whether("asks", id::SECURITY_ASKS, policy.asks, |policy, asks| Policy { asks, ..policy }) }
                </fieldset>
                <fieldset class="faults">
                    { plain("legend", words.say(id::SECURITY_CERTIFICATE)) }
                    { for [None].into_iter().chain(Fault::ALL.map(Some)).map(|held| choose.fault(held)) }
                </fieldset>
            </div>
        </>
    }
}

/// The name of the server. What cannot be one is not taken.
fn name(host: &str, on_do: &Callback<Doing>, words: Words) -> Html {
    let (on_do, kept) = (on_do.clone(), host.to_owned());
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        match input.value().trim() {
            host if host != kept && is_host(host) => on_do.emit(Doing::Rename(host.to_ascii_lowercase())),
            _ => input.set_value(&kept),
        }
    });
    html! {
        <label class="setting">
            { plain("span", words.say(id::SECURITY_HOST)) }
            <input data-testid="host" autocapitalize="none" spellcheck="false" maxlength="63" value={host.to_owned()} {onchange} />
        </label>
    }
}

/// Whether this is the name of a host: labels of letters, digits and hyphens (RFC 1123 section 2.1), and no address.
fn is_host(name: &str) -> bool {
    let label = |label: &str| {
        let inside = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-';
        !label.is_empty() && label.bytes().all(inside) && !label.starts_with('-') && !label.ends_with('-')
    };
    name.len() <= 63 && name.split('.').all(label) && name.bytes().any(|octet| octet.is_ascii_alphabetic())
}

/// Whether this is what the mail program is set to.
fn is(policy: Policy, (security, by_hand): (Security, bool)) -> bool {
    let hand_matters = matches!(security, Security::StlsIfOffered | Security::StlsRequired);
    policy.security == security && (!hand_matters || policy.by_hand == by_hand)
}

/// Draws the choices.
pub(super) struct Chooser<'p> {
    pub(super) words: Words,
    pub(super) now: Terms,
    pub(super) set: &'p Callback<Terms>,
}

impl Chooser<'_> {
    /// One of several: their names, and which it is.
    pub(super) fn one(
        &self,
        test_id: &'static str,
        label: Id,
        options: &[(String, bool)],
        to: fn(Terms, usize) -> Terms,
    ) -> Html {
        let now = self.now;
        let label = plain("span", self.words.say(label));
        let options = options.iter().map(|(text, chosen)| option(None, text.clone(), *chosen)).collect();
        choice("setting", test_id, label, options, self.set.reform(move |at| to(now, at)))
    }

    /// Yes or no.
    pub(super) fn whether(
        &self,
        test_id: &'static str,
        label: Id,
        checked: bool,
        to: fn(Policy, bool) -> Policy,
    ) -> Html {
        let (policy, port) = self.now;
        let onchange = self.set.reform(move |event: Event| {
            (to(policy, event.target_unchecked_into::<HtmlInputElement>().checked()), port)
        });
        html! {
            <label class="setting check">
                <input type="checkbox" data-testid={test_id} {checked} {onchange} />
                { plain("span", self.words.say(label)) }
            </label>
        }
    }

    /// A fault, or none. In the clear no certificate is ever seen: there a fault takes the road of TLS.
    fn fault(&self, held: Option<Fault>) -> Html {
        let (policy, port) = self.now;
        let name = held.map_or("none", Fault::name);
        let onchange = self.set.reform(move |_: Event| {
            let faulty = Policy { fault: held, ..policy };
            match policy.security {
                Security::None if held.is_some() => {
                    (Policy { security: Road::Tls.security(), ..faulty }, Road::Tls.port())
                }
                _ => (faulty, port),
            }
        });
        html! {
            <label class="setting check">
                <input type="radio" name="fault" data-testid={format!("fault-{name}")} checked={policy.fault == held} {onchange} />
                { plain("span", self.words.say(held.map_or(id::FAULT_NONE, fault))) }
            </label>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn a_name_has_labels_and_an_address_is_none() {
        assert!(["pop.school.example", "POP3-Lab", "x1"].into_iter().all(is_host));
        assert!(
            !["", "a..b", "-a.example", "a-.example", "a b", "192.0.2.1", "é.example"]
                .into_iter()
                .any(is_host)
        );
    }
}
