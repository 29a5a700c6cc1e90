//! HTML as plain text: a tokenizer for start tags, end tags and text, and what each does to the text.
//!
//! There is no tree, so there is nothing to nest and nothing to close. No address is fetched and no
//! script run: the result is text, and stays text. Every octet is looked at a fixed number of times.

/// Elements of which nothing is shown. The rest of a head is empty elements.
const SILENT: &[&str] = &["script", "style", "title", "template", "iframe", "noembed", "noframes"];

/// Elements that begin and end a line of their own, with an empty line around them or not.
const BLOCKS: &[(&str, usize)] = &[
    ("p", 2),
    ("h1", 2),
    ("h2", 2),
    ("h3", 2),
    ("h4", 2),
    ("h5", 2),
    ("h6", 2),
    ("ul", 2),
    ("ol", 2),
    ("dl", 2),
    ("table", 2),
    ("blockquote", 2),
    ("pre", 2),
    ("hr", 2),
    ("div", 1),
    ("li", 1),
    ("tr", 1),
    ("dt", 1),
    ("dd", 1),
    ("body", 1),
    ("center", 1),
    ("address", 1),
    ("section", 1),
    ("article", 1),
    ("header", 1),
    ("footer", 1),
    ("main", 1),
    ("nav", 1),
    ("figure", 1),
];

/// The names of letters that mail uses.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("times", '×'),
    ("deg", '°'),
    ("sect", '§'),
    ("para", '¶'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("larr", '←'),
    ("rarr", '→'),
    ("hearts", '♥'),
    ("szlig", 'ß'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
];

/// The text of `html`. Links keep their address behind them, pictures their description.
pub fn text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        page.say(&rest[..at]);
        rest = markup(&rest[at..], &mut page);
    }
    page.say(rest);
    page.end_link();
    page.text
}

/// Reads what begins with `<`; gives what follows it.
fn markup<'a>(from: &'a str, page: &mut Page) -> &'a str {
    let after = &from[1..];
    if let Some(comment) = after.strip_prefix("!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    let (closes, tag) = match after.strip_prefix('/') {
        Some(tag) => (true, tag),
        None => (false, after),
    };
    match tag.bytes().next() {
        Some(letter) if letter.is_ascii_alphabetic() => {}
        Some(b'!' | b'?') => return tag.find('>').map_or("", |end| &tag[end + 1..]),
        _ => {
            page.say("<");
            return after;
        }
    }
    let length = tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len());
    // No name that is known has more letters.
    let name = tag[..length.min(16)].to_ascii_lowercase();
    let (attributes, rest) = attributes(&tag[length..]);
    if SILENT.contains(&name.as_str()) && !closes {
        return after_end_tag(rest, &name);
    }
    page.tag(&name, closes, &attributes);
    rest
}

/// What follows the end tag of an element whose content is not markup; nothing if it never ends.
fn after_end_tag<'a>(from: &'a str, name: &str) -> &'a str {
    let ends = from.match_indices("</").find(|(at, _)| {
        let tag = &from.as_bytes()[at + 2..];
        tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    });
    let Some((at, _)) = ends else { return "" };
    from[at..].find('>').map_or("", |end| &from[at + end + 1..])
}

/// The attributes that say something to a reader.
#[derive(Default)]
struct Attributes {
    href: String,
    alt: String,
}

/// Reads attributes up to and with the `>`; gives what follows it.
fn attributes(mut from: &str) -> (Attributes, &str) {
    let mut found = Attributes::default();
    loop {
        from = from.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if let Some(rest) = from.strip_prefix('>') {
            return (found, rest);
        }
        if from.is_empty() {
            return (found, "");
        }
        let ends = |letter: char| letter.is_ascii_whitespace() || matches!(letter, '=' | '>' | '/');
        let end = from.find(ends).unwrap_or(from.len());
        let name = &from[..end];
        from = from[end..].trim_ascii_start();
        let Some(value) = from.strip_prefix('=') else { continue };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(
                value
                    .find(|letter: char| letter.is_ascii_whitespace() || letter == '>')
                    .unwrap_or(value.len()),
            ),
        };
        from = rest;
        let place = match name.to_ascii_lowercase().as_str() {
            "href" => &mut found.href,
            "alt" => &mut found.alt,
            _ => continue,
        };
        *place = entities(value).trim().to_owned();
    }
}

/// The text so far, and what comes before its next letter.
#[derive(Default)]
struct Page {
    text: String,
    /// Ends of lines that are due: one begins a line, two leave one empty.
    breaks: usize,
    /// A blank is due.
    blank: bool,
    /// How many elements are open in which blanks and ends of lines are kept.
    kept: usize,
    /// The link that is open: its address, and where its text begins.
    link: Option<(String, usize)>,
}

impl Page {
    fn say(&mut self, source: &str) {
        if source.is_empty() {
            return;
        }
        for letter in entities(source).chars() {
            match letter {
                '\r' if self.kept > 0 => {}
                '\n' if self.kept > 0 => self.breaks += 1,
                ' ' | '\t' | '\r' | '\n' | '\x0c' if self.kept == 0 => self.blank = true,
                letter => {
                    self.due();
                    self.text.push(letter);
                }
            }
        }
    }

    /// Writes what is due before a letter.
    fn due(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        let blank = std::mem::take(&mut self.blank);
        if self.text.is_empty() {
            return;
        }
        (0..breaks).for_each(|_| self.text.push('\n'));
        if blank && breaks == 0 {
            self.text.push(' ');
        }
    }

    fn tag(&mut self, name: &str, closes: bool, attributes: &Attributes) {
        if let Some((_, breaks)) = BLOCKS.iter().find(|(block, _)| *block == name) {
            self.breaks = self.breaks.max(*breaks);
        }
        match (name, closes) {
            ("br", _) => self.breaks += 1,
            ("pre", false) => self.kept += 1,
            ("pre", true) => self.kept = self.kept.saturating_sub(1),
            ("li", false) => {
                self.due();
                self.text.push('•');
                self.blank = true;
            }
            ("td" | "th", false) => self.blank = true,
            ("img", false) if !attributes.alt.is_empty() => {
                self.due();
                self.text.push('[');
                self.text.push_str(&attributes.alt);
                self.text.push(']');
            }
            ("a", _) => {
                self.end_link();
                if !closes && !attributes.href.is_empty() {
                    self.link = Some((attributes.href.clone(), self.text.len()));
                }
            }
            _ => {}
        }
    }

    /// Writes the address of a link behind its text, unless it is its text.
    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        if self.text[start..].trim() != address {
            self.text.push_str(if self.text.is_empty() { "<" } else { " <" });
            self.text.push_str(&address);
            self.text.push('>');
        }
    }
}

/// Text with its character references read; what is none stays.
fn entities(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let (letter, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        text.push(letter);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    text
}

/// The letter that a reference at the beginning of `from` stands for, and how many octets it takes there.
fn reference(from: &str) -> Option<(char, usize)> {
    // The longest that is a letter.
    let length = from.bytes().take(12).position(|octet| octet == b';')?;
    let name = from.get(1..length)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let code = code.ok()?;
            // HTML section 13.2.5.80: none of these is a letter.
            char::from_u32(code).filter(|letter| *letter != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        None => ENTITIES.iter().find(|(held, _)| *held == name)?.1,
    };
    Some((letter, length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[track_caller]
    fn reads(html: &str, expected: &str) {
        assert_eq!(text(html), expected, "{html}");
    }

    #[test]
    fn tags_go_and_blanks_run_together() {
        reads("<b>a</b>\r\n  <i class='x>y'>b</I>c", "a bc");
        reads("<!DOCTYPE html><?xml?><!-- <p> -->a</!x>b", "ab");
    }

    #[test]
    fn scripts_styles_and_the_head_are_not_shown() {
        reads(
            "<head><title>t</title><meta charset=x></head><style>p{}</style>a<script>'<p>'</script >b",
            "ab",
        );
        reads("a<SCRIPT>alert(1)</scripT>b<script>never closed</scrip", "ab");
    }

    #[test]
    fn blocks_and_br_make_lines() {
        reads("<div>a</div><div>b</div><p>c<p>d<br>e<br/><br>f", "a\nb\n\nc\n\nd\ne\n\nf");
        reads("<h1>a</h1> b <hr> c", "a\n\nb\n\nc");
    }

    #[test]
    fn items_have_a_bullet_and_cells_a_blank() {
        reads("<ul>\n<li>a</li>\n<li> b</li>\n</ul>c", "• a\n• b\n\nc");
        reads("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
    }

    #[test]
    fn what_is_set_out_stays_set_out() {
        reads("<pre>a\r\n  b\n\nc</pre>d  e</pre>", "a\n  b\n\nc\n\nd e");
    }

    #[test]
    fn a_link_keeps_its_address_unless_it_is_its_text() {
        reads(
            "To <a href=\"https://a.example/?b=1&amp;c=2\">go</a>, wait",
            "To go <https://a.example/?b=1&c=2>, wait",
        );
        reads("<a href='https://a.example/'>https://a.example/</a>", "https://a.example/");
        reads("<a href=javascript:alert(1)>a<a href=x>b", "a <javascript:alert(1)>b <x>");
        reads("<a name=here>a</a></a>", "a");
    }

    #[test]
    fn a_picture_is_its_description() {
        reads("a <img src=x onerror=alert(1) alt='Smile &amp; wave'> b<img src=y>", "a [Smile & wave] b");
    }

    #[test]
    fn references_are_letters_and_what_is_none_stays() {
        reads("&lt;b&gt; &eacute;&#233;&#xE9; &hearts;", "<b> ééé ♥");
        reads("&nothing; &amp &#; &#x110000; &#0; &;&", "&nothing; &amp &#; \u{fffd} \u{fffd} &;&");
    }

    #[test]
    fn broken_markup_is_text_or_nothing() {
        reads("1 < 2 <3 </ <", "1 < 2 <3 </ <");
        reads("a<b", "a");
        reads("a<a href=\"x", "a <x>");
        reads("a<!-- b", "a");
        reads("a<p <p =\"x\" =>b", "a\n\nb");
    }
}
