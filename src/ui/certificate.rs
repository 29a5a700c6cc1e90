//! The sheet of certificates: the tree from the authority down to the server, what each says, and what is
//! wrong with it, beside that one.

use super::app::Doing;
use super::browser;
use super::chain::{Link, Place, Span, Tree, Whose, colons, fingerprint, pem, span, tree};
use super::doubts::Look;
use super::icons::{Icon, icon};
use super::inside;
use super::octets::Octets;
use super::tls_words::{day, verdict_text};
use crate::dissect::Certificate;
use crate::i18n::{Id, Words, id};
use crate::pki::Verdict;
use crate::tls::Trust;
use crate::trace::{Outcome, Presented};
use std::rc::Rc;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the server showed.
    pub presented: Rc<Presented>,
    /// Whether the mail program would still go on if it were told to.
    pub can_decide: bool,
    /// Called with what a person does.
    pub on_do: Callback<Doing>,
}

/// The names and addresses that a certificate is for.
pub fn names(says: &Certificate) -> String {
    let address = |[a, b, c, d]: &[u8; 4]| format!("{a}.{b}.{c}.{d}");
    let all: Vec<String> = says.dns_names.iter().cloned().chain(says.addresses.iter().map(address)).collect();
    if all.is_empty() { says.subject.clone() } else { all.join(", ") }
}

/// From when until when a certificate is valid.
pub fn valid(words: Words, says: &Certificate) -> String {
    let days = [("from", day(says.not_before).into()), ("until", day(says.not_after).into())];
    words.with(id::CERTIFICATE_VALID, &days)
}

/// The sheet, over the page.
#[component]
pub fn Sheet(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.show_modal());
        });
    }
    let found = use_memo(Rc::clone(&props.presented), |presented| tree(presented));
    let Tree { places, held, unused } = &*found;
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |()| _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.close()))
    };
    let beside = {
        let close = close.clone();
        Callback::from(move |event: MouseEvent| {
            // Beside the sheet. Whoever drags over text and lets go there wants the text.
            if event.target_dyn_into::<HtmlDialogElement>().is_some() && !browser::has_selection() {
                close.emit(());
            }
        })
    };
    let decide = {
        let (close, on_do) = (close.clone(), props.on_do.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            on_do.emit(Doing::Certificate(Look::Again));
        })
    };
    let Presented { asked, clock, today, outcome, .. } = &*props.presented;
    let thought = match outcome {
        Outcome::Refused(_) => id::CERTIFICATE_REFUSED,
        Outcome::Trusted(Trust::Verified) => id::CERTIFICATE_VERIFIED,
        Outcome::Trusted(Trust::Exception) => id::CERTIFICATE_EXCEPTION,
        Outcome::Trusted(Trust::Unchecked) => id::CERTIFICATE_UNCHECKED,
    };
    let card = |link: &Link| html! { <Card presented={Rc::clone(&props.presented)} link={link.clone()} /> };
    let place = |place: &Place| match place {
        Place::Link(link) => html! { <li class="place">{ card(link) }</li> },
        Place::Gap { name, flaw } => html! { <li class="place">{ gap(words, name, flaw) }</li> },
    };
    let others = |title: Id, links: &[Link]| match links {
        [] => html! {},
        links => html! {
            <section class="others">
                <h3>{ words.say(title) }</h3>
                { for links.iter().map(card) }
            </section>
        },
    };
    html! {
        <dialog
            class="reader certificates"
            role="dialog"
            data-testid="certificate"
            aria-labelledby="certificate-title"
            ref={dialog}
            onclose={props.on_do.reform(|_: Event| Doing::Certificate(Look::Away))}
            onclick={beside}
        >
            <div class="reader-sheet">
                <header class="reader-head">
                    <h2 id="certificate-title">{ words.with(id::CERTIFICATE_TITLE, &[("host", asked.as_str().into())]) }</h2>
                    <button
                        type="button"
                        class="button quiet"
                        data-testid="certificate-close"
                        onclick={close.reform(|_: MouseEvent| ())}
                    >
                        { icon(Icon::Close) }<span>{ words.say(id::READER_CLOSE) }</span>
                    </button>
                    <p class="said">{ words.say(thought) }</p>
                    if let Outcome::Refused(verdict) = outcome {
                        <p class="said refusal">{ verdict_text(words, verdict) }</p>
                    }
                    <p class="said moments">
                        <span>{ "▲ " }{ words.with(id::CERTIFICATE_TODAY, &[("date", day(*today).into())]) }</span>
                        if day(*clock) != day(*today) {
                            <span class="odd">{ "◆ " }{ words.with(id::CERTIFICATE_CLOCK, &[("date", day(*clock).into())]) }</span>
                        }
                    </p>
                    if props.can_decide {
                        <button type="button" class="button" data-testid="certificate-decide" onclick={decide}>
                            { words.say(id::CERTIFICATE_DECIDE) }
                        </button>
                    }
                </header>
                <div class="reader-panel" tabindex="0" role="group" aria-label={words.say(id::CERTIFICATE_TREE)}>
                    <ol class="certificate-tree">{ for places.iter().map(place) }</ol>
                    { others(id::CERTIFICATE_HELD_BESIDE, held) }
                    { others(id::CERTIFICATE_UNUSED, unused) }
                </div>
            </div>
        </dialog>
    }
}

/// Where a certificate should be.
fn gap(words: Words, name: &str, flaw: &Verdict) -> Html {
    let absent = match flaw {
        Verdict::UnknownAuthority { .. } => id::CERTIFICATE_NOT_HELD,
        _ => id::CERTIFICATE_NOT_SENT,
    };
    html! {
        <article class="card-of gap" data-testid="certificate-gap">
            <h3>{ name }{ " " }<span class="chip">{ words.say(absent) }</span></h3>
            { self::flaw(words, flaw) }
        </article>
    }
}

fn flaw(words: Words, flaw: &Verdict) -> Html {
    html! {
        <p class="flaw" data-testid="certificate-flaw"><b aria-hidden="true">{ "!" }</b><span>{ verdict_text(words, flaw) }</span></p>
    }
}

#[derive(Properties, PartialEq)]
struct CardProps {
    presented: Rc<Presented>,
    link: Link,
}

/// One certificate.
#[component]
fn Card(props: &CardProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let copied = use_state(|| None::<bool>);
    let open = use_state(|| false);
    let Link { whose, octets, says, flaws } = &props.link;
    let (class, chip) = match whose {
        Whose::Held => ("held", id::CERTIFICATE_HELD),
        Whose::Sent => ("sent", id::CERTIFICATE_SENT),
        Whose::Both => ("held", id::CERTIFICATE_BOTH),
    };
    let copy = {
        let (text, copied) = (pem(octets), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            browser::copy(&text, Callback::from(move |done| copied.set(Some(done))));
        })
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let fact = |name: Id, value: Html| html! { <div><dt>{ words.say(name) }</dt><dd>{ value }</dd></div> };
    let text = |text: String| html! { { text } };
    let code = |text: String| html! { <code>{ text }</code> };
    let title =
        says.as_ref().map_or_else(|| words.say(id::CERTIFICATE_UNREADABLE), |says| says.subject.clone());
    let facts = |says: &Certificate| {
        let issuer = match says.issuer == says.subject {
            true => words.with(id::CERTIFICATE_BY_ITSELF, &[("issuer", says.issuer.as_str().into())]),
            false => says.issuer.clone(),
        };
        let authority = words.say(if says.is_authority { id::CERTIFICATE_YES } else { id::CERTIFICATE_NO });
        html! {
            <>
            <dl class="facts-of">
                { fact(id::X509_ISSUER, text(issuer)) }
                if !says.is_authority { { fact(id::X509_SUBJECT_ALT_NAMES, text(names(says))) } }
                { fact(id::X509_VALIDITY, html! { <>{ valid(words, says) }{ bar(span(says, &props.presented)) }</> }) }
            </dl>
            // Of the authorities the first lines are enough to see how one leads to the other.
            <details class="more-facts" open={!says.is_authority}>
                <summary>{ words.say(id::CERTIFICATE_MORE) }</summary>
                <dl class="facts-of">
                { fact(id::X509_AUTHORITY, text(authority)) }
                { fact(id::X509_PUBLIC_KEY, code(says.public_key_algorithm.clone())) }
                { fact(id::X509_SIGNATURE_ALGORITHM, code(says.signature_algorithm.clone())) }
                { fact(id::X509_SERIAL_NUMBER, code(colons(&says.serial))) }
                { fact(id::CERTIFICATE_FINGERPRINT, code(colons(&fingerprint(octets)))) }
                </dl>
            </details>
            </>
        }
    };
    let outcome = |done: bool| words.say(if done { id::COPIED } else { id::NOT_COPIED });
    html! {
        <article class={classes!("card-of", class, (!flaws.is_empty()).then_some("flawed"))} data-testid="certificate-card">
            <h3>{ title }{ " " }<span class="chip">{ words.say(chip) }</span></h3>
            { for flaws.iter().map(|held| flaw(words, held)) }
            { for says.as_ref().map(facts) }
            <div class="group">
                <button type="button" class="button" data-testid="certificate-octets" aria-expanded={open.to_string()} onclick={toggle}>
                    { words.with(id::CERTIFICATE_OCTETS, &[("count", octets.len().into())]) }
                </button>
                <button type="button" class="button" data-testid="certificate-copy" onclick={copy}>
                    { icon(Icon::Copy) }<span>{ words.say(id::CERTIFICATE_COPY) }</span>
                </button>
                <span class="said" role="status">{ copied.map(outcome) }</span>
            </div>
            if *open {
                <div class="der">
                    <Octets reading={Rc::new(inside::certificate(octets))} prefix={notes_of(octets)} label={words.say(id::CERTIFICATE_FIELDS)} />
                </div>
            }
        </article>
    }
}

/// With what the ids of its notes begin: two certificates may be open at once.
fn notes_of(octets: &[u8]) -> String {
    let print = fingerprint(octets);
    print[..4].iter().fold("der".to_owned(), |name, octet| name + &format!("{octet:02x}"))
}

/// The time in which a certificate is valid, with today and the client's clock. The dates beside it say the
/// same in words.
fn bar(Span { from, until, today, clock }: Span) -> Html {
    // A thin margin on both sides, so that no mark is cut off. In whole numbers: what writes fractions weighs 10 kB.
    let place = |at: u16| u32::from(at) * 23 + 500;
    let (start, end) = (place(from), place(until));
    let (today, clock) = (place(today), place(clock));
    html! {
        <svg class="validity" viewBox="0 0 24000 1800" aria-hidden="true" focusable="false">
            <path class="axis" d="M500 600h23000" />
            <rect class="time" x={start.to_string()} y="200" width={end.saturating_sub(start).max(200).to_string()} height="800" rx="100" />
            <path class="today" d={format!("M{today} 300l400 1300h-800z")} />
            if clock != today {
                <path class="clock" d={format!("M{clock} 200l400 600-400 600-400-600z")} />
            }
        </svg>
    }
}
