//! What the reader makes of whole messages: the samples, broken ones, and any mixture of them.

use pop3lab::mail::Message;
use pop3lab::mime::part::{DEEPEST, MOST};
use pop3lab::mime::{Attachment, Decoder, Flaw, Letter, Part, html};
use pop3lab::world::samples;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Knows UTF-8, and says of Japanese in seven bits how long it is.
const DECODER: Decoder<'static> = &|charset, octets| match charset.to_ascii_lowercase().as_str() {
    "utf-8" => Some(String::from_utf8_lossy(octets).into_owned()),
    "iso-2022-jp" => Some(format!("{} octets of Japanese", octets.len())),
    _ => None,
};

fn letter(message: &str) -> Letter {
    Letter::read(Message::new(message.as_bytes()).octets(), DECODER)
}

fn sample(number: usize) -> Letter {
    Letter::read(samples::messages()[number - 1].octets(), DECODER)
}

fn flaws(letter: &Letter) -> Vec<Flaw> {
    letter.flaws.clone()
}

#[test]
fn every_sample_says_who_wrote_what_when_and_has_no_flaw() {
    for number in 1..=samples::messages().len() {
        let letter = sample(number);
        for field in [&letter.from, &letter.to, &letter.date, &letter.subject, &letter.plain] {
            assert!(field.as_ref().is_some_and(|text| !text.trim().is_empty()), "{number}");
        }
        assert_eq!(flaws(&letter), [], "{number}");
    }
}

#[test]
fn the_agenda_has_a_picture_and_a_calendar() {
    let agenda = sample(2);
    assert!(
        agenda.plain.unwrap().ends_with("The White Rabbit"),
        "the boundary's end of line is not the text's"
    );
    let attachment =
        |name: &str, kind: &str, size| Attachment { name: Some(name.into()), kind: kind.into(), size };
    assert_eq!(agenda.attachments[0], attachment("stamp.png", "image/png", 393));
    assert_eq!(agenda.attachments[1].name.as_deref(), Some("yesterday.ics"));
    assert_eq!(agenda.attachments.len(), 2);
}

#[test]
fn japanese_is_handed_to_the_decoder_octet_by_octet() {
    let clerk = sample(3);
    assert!(clerk.plain.unwrap().ends_with("octets of Japanese"));
    assert!(clerk.subject.unwrap().contains("octets of Japanese"));
    assert_eq!(sample(4).subject.unwrap(), "サーバーに、にやにや笑いを残しておきました");
}

#[test]
fn the_newsletter_has_two_forms_and_the_tracker_and_the_script_stay_text() {
    let news = sample(6);
    assert!(news.plain.unwrap().contains("“It is a client that does not send DELE.”"));
    let text = html::text(&news.html.unwrap());
    assert!(
        text.starts_with("The Croquet Ground Weekly\n\nNo. 995 · by order of the Queen of Hearts ♥ ♥ ♥\n\n")
    );
    assert!(text.contains("[Smile! (If this loads, somebody knows you are here.)]"));
    assert!(text.contains("unsubscribe <https://palace.example/unsubscribe?who=alice&sure=no>,"));
    assert!(!text.contains("tracker") && !text.contains("alert"));
}

#[test]
fn the_hostile_sample_is_text_throughout() {
    let letter = Letter::read(samples::hostile().octets(), DECODER);
    assert!(letter.from.unwrap().starts_with("<img src=x onerror=alert(1)> "));
    assert!(letter.subject.unwrap().contains("<script>alert(1)</script>"));
    let plain = letter.plain.unwrap();
    assert!(plain.contains("<script>alert(1)</script>") && plain.contains("\x1b[2J") && plain.contains('\0'));
    assert!(plain.lines().any(|line| line.len() == 100_000));
    let text = "Your Majesty,\n\nI never took the tarts <javascript:alert('tarts')>. [an empty dish]\n\n\
        The Knave of Hearts <not\u{a0}guilty>";
    assert_eq!(html::text(&letter.html.unwrap()), text);
    assert_eq!(letter.attachments[0].name.as_deref(), Some("tarts\u{202e}fdp.exe"));
    let named = Flaw::Charset("x-looking-glass".into());
    assert_eq!(letter.flaws, [Flaw::Text, Flaw::Base64, named]);
}

#[test]
fn parts_within_parts_are_found_and_a_boundary_is_a_whole_line() {
    let nested = letter(
        "Content-Type: multipart/mixed; boundary=a\n\npreamble\n--a\nContent-Type: multipart/alternative; boundary=\"ab\"\n\n\
         --ab\n\none\n--abc\n--ab\nContent-Type: text/html\n\n<b>two\n--ab--\n--a \nContent-Type: text/csv\n\n1,2\n\
         --a\nContent-Type: message/rfc822\n\nSubject: within\n\ntext\n--a--\nepilogue\n",
    );
    assert_eq!(nested.plain.as_deref(), Some("one\r\n--abc"));
    assert_eq!(nested.html.as_deref(), Some("<b>two"));
    let kinds: Vec<_> = nested.attachments.iter().map(|held| (held.kind.as_str(), held.size)).collect();
    assert_eq!(kinds, [("text/csv", 3), ("message/rfc822", 23)]);
    assert_eq!(flaws(&nested), []);
}

#[test]
fn a_text_that_is_to_be_attached_is_not_shown() {
    let attached = letter("Content-Disposition: attachment; filename*=utf-8''%E3%83%A2.txt\n\ntext\n");
    assert_eq!(attached.plain, None);
    assert_eq!(attached.attachments[0].name.as_deref(), Some("モ.txt"));
}

#[test]
fn a_multipart_without_its_boundary_is_shown_as_it_stands() {
    for kind in ["multipart/mixed", "multipart/mixed; boundary=\"\"", "multipart/mixed; boundary=b"] {
        let letter = letter(&format!("Content-Type: {kind}\n\ntext\n"));
        assert_eq!(
            (letter.plain.as_deref(), flaws(&letter)),
            (Some("text\r\n"), vec![Flaw::Boundary]),
            "{kind}"
        );
    }
}

#[test]
fn a_boundary_that_never_closes_is_told() {
    let open = letter("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n");
    assert_eq!(open.plain.as_deref(), Some("one\r\n\r\ntwo\r\n"));
    assert_eq!(flaws(&open), [Flaw::Boundary]);
}

#[test]
fn a_charset_that_is_wrong_or_unknown_is_told() {
    let named = |charset: &str| format!("Content-Type: text/plain; charset={charset}\n\né\n");
    assert_eq!(flaws(&letter(&named("x-none"))), [Flaw::Charset("x-none".into())]);
    assert_eq!(flaws(&letter(&named("us-ascii"))), [Flaw::Text]);
    assert_eq!(flaws(&letter(&named("UTF-8"))), []);
    assert_eq!(letter(&named("x-none")).plain.as_deref(), Some("é\r\n"));
}

#[test]
fn parts_a_thousand_deep_and_a_thousand_wide_have_a_limit() {
    let deep: String =
        (0..1000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let message = Message::new(deep.as_bytes());
    let mut part = &Part::read(message.octets());
    let mut depth = 0;
    while let Some(inner) = part.parts.first() {
        (part, depth) = (inner, depth + 1);
    }
    assert_eq!(depth, DEEPEST);
    assert!(letter(&deep).flaws.contains(&Flaw::Limit));
    let wide = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n",
        "--b\nContent-Type: a/b\n\n".repeat(1000)
    );
    assert_eq!((letter(&wide).attachments.len(), flaws(&letter(&wide))), (MOST, vec![Flaw::Limit]));
}

#[test]
fn a_hundred_thousand_of_anything_is_read_once() {
    let html = [
        "<",
        "<a ",
        "<a href='",
        "</",
        "<!--",
        "<script>",
        "&",
        "&#",
        "<a href=x>",
        "<pre>\n",
        "<li>",
        "<a =",
        "\0",
    ];
    for piece in html {
        html::text(&piece.repeat(100_000));
    }
    let fields = ["=?", "=?a?", "=?utf-8?Q?a", ";", "a=", "\"", "\\", "*0=", "'", "%", "\r\n "];
    for piece in fields {
        let value = piece.repeat(100_000);
        letter(&format!("Subject: {value}\nContent-Type: multipart/a; boundary={value}\n\n--{value}\n"));
    }
}

#[test]
fn nothing_that_is_mixed_from_the_samples_stops_the_reader() {
    let samples = samples::messages();
    // The seventh is long and plain, and would only make this slow.
    let mut sources: Vec<&[u8]> = [1, 2, 3, 5].iter().map(|&at| samples[at].octets()).collect();
    let hostile = samples::hostile();
    sources.push(&hostile.octets()[..4000.min(hostile.octets().len())]);
    let mut random = oorandom::Rand32::new(20_261_102);
    for _ in 0..400 {
        let one = sources[random.rand_range(0..sources.len() as u32) as usize];
        let other = sources[random.rand_range(0..sources.len() as u32) as usize];
        let mut at = |octets: &[u8]| random.rand_range(0..octets.len() as u32) as usize;
        let mut octets = [&one[..at(one)], &other[at(other)..]].concat();
        for _ in 0..20 {
            let place = at(&octets);
            octets[place] = octets[at(&octets)].wrapping_add(place as u8);
        }
        let letter = Letter::read(&octets, DECODER);
        html::text(&letter.html.or(letter.plain).unwrap_or_default());
        html::text(&String::from_utf8_lossy(&octets));
    }
}
