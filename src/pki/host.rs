//! Hosts as a person types them, and which names of a certificate are theirs (RFC 9525).

/// What a person has asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name as the network knows it: ASCII, in lower case, without a dot at the end.
    Name(String),
    /// An IPv4 address.
    V4([u8; 4]),
    /// An IPv6 address, as it was typed, without brackets.
    V6(String),
}

impl Host {
    /// Reads what was typed. Whatever is no address is a name, sound or not.
    pub fn read(typed: &str) -> Host {
        let typed = typed.trim();
        let bare = typed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(typed);
        if bare.contains(':') {
            return Host::V6(bare.to_ascii_lowercase());
        }
        let parts: Option<Vec<u8>> = typed.split('.').map(decimal).collect();
        match parts.as_deref() {
            Some(&[a, b, c, d]) => Host::V4([a, b, c, d]),
            _ => Host::Name(ascii(typed)),
        }
    }
}

/// Whether a name in a certificate is a name of this host. `*` stands for one whole label, the first, and
/// only where two more follow (RFC 9525 section 6.3; that `*.com` is no name, public lists say).
pub fn is_for(name: &str, host: &str) -> bool {
    let name = ascii(name);
    match name.strip_prefix("*.") {
        Some(parent) => {
            let rest = host.split_once('.').filter(|(label, _)| !label.is_empty()).map(|(_, rest)| rest);
            rest == Some(parent) && parent.contains('.')
        }
        None => !name.is_empty() && name == host,
    }
}

/// A number of an address: no sign, no zero before it.
fn decimal(part: &str) -> Option<u8> {
    let plain = part.bytes().all(|octet| octet.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    part.parse().ok().filter(|_| plain)
}

/// A name as the network knows it: labels beyond ASCII are written in Punycode behind `xn--` (RFC 5890).
pub fn ascii(name: &str) -> String {
    let name: String = name.strip_suffix('.').unwrap_or(name).chars().map(lower).collect();
    let label = |label: &str| if label.is_ascii() { label.to_owned() } else { punycode(label) };
    // The ideographic full stop is what a Japanese keyboard gives (RFC 3490 section 3.1).
    name.split(['.', '。']).map(label).collect::<Vec<_>>().join(".")
}

/// A letter in lower case, if it is of ASCII, Latin 1, or plain Greek or Cyrillic. The table of them all
/// (IDNA has it, and more) is too heavy for a page.
fn lower(letter: char) -> char {
    match letter {
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'А'..='Я' => {
            char::from_u32(u32::from(letter) + 32).unwrap_or(letter)
        }
        _ => letter.to_ascii_lowercase(),
    }
}

/// `xn--` and the label in Punycode (RFC 3492 section 6.3).
fn punycode(label: &str) -> String {
    let digit =
        |value: u64| char::from(if value < 26 { b'a' + value as u8 } else { b'0' + value as u8 - 26 });
    let mut letters: Vec<u64> = label.chars().map(u64::from).collect();
    // Longer labels than the 63 octets that DNS knows are no labels.
    letters.truncate(63);
    let mut written: String = label.chars().take(63).filter(char::is_ascii).collect();
    let basic = written.len() as u64;
    if basic > 0 {
        written.push('-');
    }
    let (mut next, mut delta, mut bias, mut done) = (128_u64, 0_u64, 72_u64, basic);
    while let Some(smallest) = letters.iter().copied().filter(|letter| *letter >= next).min() {
        delta += (smallest - next) * (done + 1);
        next = smallest;
        for letter in &letters {
            delta += u64::from(*letter < next);
            if *letter != next {
                continue;
            }
            let mut rest = delta;
            for threshold in (1_u64..).map(|k| (36 * k).saturating_sub(bias).clamp(1, 26)) {
                if rest < threshold {
                    break;
                }
                written.push(digit(threshold + (rest - threshold) % (36 - threshold)));
                rest = (rest - threshold) / (36 - threshold);
            }
            written.push(digit(rest));
            bias = adapted(delta, done + 1, done == basic);
            (delta, done) = (0, done + 1);
        }
        (delta, next) = (delta + 1, next + 1);
    }
    format!("xn--{written}")
}

/// RFC 3492 section 6.1.
fn adapted(delta: u64, points: u64, first: bool) -> u64 {
    let mut delta = delta / if first { 700 } else { 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn addresses_are_no_names() {
        assert_eq!(Host::read("192.0.2.110"), Host::V4([192, 0, 2, 110]));
        assert_eq!(Host::read("[2001:DB8::1]"), Host::V6("2001:db8::1".into()));
        for name in ["192.0.2", "192.0.2.256", "192.0.2.01", "192.0.2.+1", "1.2.3.4.5", "192.0.2.110.example"]
        {
            assert_eq!(Host::read(name), Host::Name(name.into()));
        }
    }

    #[test]
    fn names_are_the_same_in_any_case_and_with_a_dot_at_the_end() {
        assert_eq!(Host::read(" Mail.Example. "), Host::Name("mail.example".into()));
        assert!(is_for("MAIL.example", "mail.example"));
        assert!(!is_for("mail.example", "mail.example.org"));
        assert!(!is_for("", ""));
    }

    #[test]
    fn a_star_stands_for_one_whole_label() {
        assert!(is_for("*.mail.example", "pop.mail.example"));
        for (name, host) in [
            ("*.mail.example", "mail.example"),
            ("*.mail.example", "a.b.mail.example"),
            ("*.mail.example", ".mail.example"),
            ("*.example", "mail.example"),
            ("p*.mail.example", "pop.mail.example"),
            ("mail.*.example", "mail.pop.example"),
            ("*", "mail"),
        ] {
            assert!(!is_for(name, host), "{name} is not for {host}");
        }
    }

    #[test]
    fn labels_beyond_ascii_are_written_in_punycode() {
        for (typed, known) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("日本語。example", "xn--wgv71a119e.example"),
            ("ПОЧТА.example", "xn--80a1acny.example"),
            ("×.example", "xn--rca.example"),
            // Of RFC 3492 section 7.1: Japanese, "why can't they just speak in Japanese".
            ("なぜみんな日本語を話してくれないのか", "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
            ("plain.example", "plain.example"),
        ] {
            assert_eq!(ascii(typed), known);
        }
    }
}
