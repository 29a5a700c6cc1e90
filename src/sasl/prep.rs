//! SASLprep (RFC 4013): names and passwords as they are compared. What RFC 3454 has tables for, this knows for
//! ASCII, Latin, full-width forms and kana, which is what keyboards give that this is for; the tables of all of
//! Unicode would be heavier than everything else here. Letters beyond stay as they are.

use super::Flaw;

/// A name or a password as it is compared; never empty.
pub fn prepare(text: &str) -> Result<String, Flaw> {
    let mut prepared = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_nothing(*letter)) {
        unfold(letter, |letter| compose(&mut prepared, letter));
    }
    if prepared.chars().any(is_prohibited) || !is_one_way(&prepared) {
        return Err(Flaw::Prohibited);
    }
    if prepared.is_empty() { Err(Flaw::Empty) } else { Ok(prepared) }
}

/// RFC 3454 table B.1: what is left out.
fn is_nothing(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180d}' | '\u{200b}'..='\u{200d}'
        | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// RFC 4013 section 2.3: controls, private use, no characters, and what changes how the rest is shown.
fn is_prohibited(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{340}' | '\u{341}' | '\u{6dd}' | '\u{70f}' | '\u{180e}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{2063}' | '\u{206a}'..='\u{206f}' | '\u{2ff0}'..='\u{2ffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0001}' | '\u{e0020}'..='\u{e007f}' | '\u{f0000}'..)
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// RFC 3454 section 6, for the letters of Hebrew and Arabic: with one of them there is none of the other
/// direction, and the first and the last are such letters.
fn is_one_way(text: &str) -> bool {
    let leftward = |letter: char| {
        matches!(letter, '\u{5be}'..='\u{7b1}' | '\u{fb1d}'..='\u{fdfc}' | '\u{fe70}'..='\u{fefc}')
            && !matches!(letter, '\u{64b}'..='\u{66d}' | '\u{6f0}'..='\u{6f9}')
    };
    // RFC 3454 table D.2, by its blocks: Rust's own table of letters would be 2 kB.
    let rightward = |letter: char| {
        matches!(letter, 'A'..='Z' | 'a'..='z' | '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{c0}'..='\u{2b8}'
            | '\u{370}'..='\u{589}' | '\u{903}'..='\u{1fff}' | '\u{3005}'..='\u{d7a3}' | '\u{f900}'..='\u{fb17}'
            | '\u{10300}'..='\u{2fa1d}')
            && !matches!(letter, '\u{d7}' | '\u{f7}' | '\u{3008}'..='\u{3020}')
    };
    let ends = [text.chars().next(), text.chars().next_back()];
    !text.chars().any(leftward) || !text.chars().any(rightward) && ends.into_iter().flatten().all(leftward)
}

/// The letters that one stands for: NFKC as far as it is known here, and the blanks of RFC 3454 table C.1.2.
fn unfold(letter: char, mut put: impl FnMut(char)) {
    let text = match letter {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{aa}' => "a",
        '\u{ba}' => "o",
        '\u{b2}' => "2",
        '\u{b3}' => "3",
        '\u{b9}' => "1",
        '\u{2160}'..='\u{216b}' => {
            const ROMAN: [&str; 12] =
                ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
            ROMAN[(u32::from(letter) - 0x2160) as usize]
        }
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        // What a Japanese keyboard gives in place of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            return put(char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter));
        }
        _ => return put(letter),
    };
    text.chars().for_each(put);
}

/// Puts a letter behind others; an accent, or the two strokes of a voiced kana, become one with the letter before.
fn compose(text: &mut String, letter: char) {
    let whole = text.chars().next_back().and_then(|base| composed(base, letter));
    if let Some(whole) = whole {
        text.pop();
        text.push(whole);
    } else {
        text.push(letter);
    }
}

fn composed(base: char, mark: char) -> Option<char> {
    // The letters of Latin 1 that have accents, by base; the marks in this order.
    const MARKS: [char; 7] = ['\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{308}', '\u{30a}', '\u{327}'];
    const LETTERS: [(char, &str); 16] = [
        ('A', "ÀÁÂÃÄÅ "),
        ('C', "      Ç"),
        ('E', "ÈÉÊ Ë  "),
        ('I', "ÌÍÎ Ï  "),
        ('N', "   Ñ   "),
        ('O', "ÒÓÔÕÖ  "),
        ('U', "ÙÚÛ Ü  "),
        ('Y', " Ý     "),
        ('a', "àáâãäå "),
        ('c', "      ç"),
        ('e', "èéê ë  "),
        ('i', "ìíî ï  "),
        ('n', "   ñ   "),
        ('o', "òóôõö  "),
        ('u', "ùúû ü  "),
        ('y', " ý  ÿ  "),
    ];
    let code = u32::from(base);
    match mark {
        // か and が are neighbours, and so are は, ば and ぱ; katakana lie 0x60 above.
        '\u{3099}' | '\u{309a}' => {
            let row = if (0x30a1..=0x30fa).contains(&code) { code - 0x60 } else { code };
            let voiced =
                matches!(row, 0x304b..=0x3062 if row % 2 == 1) || matches!(row, 0x3064 | 0x3066 | 0x3068);
            let of_ha = matches!(row, 0x306f..=0x307d if row % 3 == 0);
            match mark {
                '\u{3099}' if voiced || of_ha => char::from_u32(code + 1),
                '\u{309a}' if of_ha => char::from_u32(code + 2),
                _ => None,
            }
        }
        _ => {
            let at = MARKS.iter().position(|known| *known == mark)?;
            let (_, letters) = LETTERS.iter().find(|(known, _)| *known == base)?;
            letters.chars().nth(at).filter(|letter| *letter != ' ')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_examples_of_rfc_4013() {
        for (given, prepared) in [
            ("I\u{ad}X", Ok("IX")),
            ("user", Ok("user")),
            ("USER", Ok("USER")),
            ("\u{aa}", Ok("a")),
            ("\u{2168}", Ok("IX")),
            ("\u{7}", Err(Flaw::Prohibited)),
            ("\u{627}1", Err(Flaw::Prohibited)),
        ] {
            assert_eq!(prepare(given), prepared.map(str::to_owned), "{given:?}");
        }
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (given, prepared) in [
            ("ju\u{308}rgen", "jürgen"),
            ("jürgen", "jürgen"),
            ("ａｌｉｃｅ", "alice"),
            ("open\u{3000}sesame", "open sesame"),
            ("か\u{3099}", "が"),
            ("ハ\u{309a}ン", "パン"),
            ("ウ\u{3099}", "ウ\u{3099}"),
            ("שלום", "שלום"),
            ("של☕ום", "של☕ום"),
            (" lead and trail ", " lead and trail "),
        ] {
            assert_eq!(prepare(given), Ok(prepared.into()), "{given:?}");
        }
    }

    #[test]
    fn nothing_is_nobody_and_controls_are_prohibited() {
        assert_eq!(prepare(""), Err(Flaw::Empty));
        assert_eq!(prepare("\u{ad}\u{200b}"), Err(Flaw::Empty));
        for text in
            ["alice\r\n+OK", "a\0b", "\u{7f}", "a\u{e000}", "\u{fffd}", "שa", "שか", "שжש", "a\u{202e}b"]
        {
            assert_eq!(prepare(text), Err(Flaw::Prohibited), "{text:?}");
        }
    }
}
