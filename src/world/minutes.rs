//! The long letter of the sample mail, mail/07-big.eml, without its 200 000 octets: at a tea party each round is like the others.

use std::array::from_fn;

const ROUNDS: usize = 298;
const GUESTS: [&str; 3] = ["The Hatter", "The March Hare", "The Dormouse"];
const SEATS: [&str; 7] = [
    "the armchair",
    "the bench",
    "the stool",
    "the milk churn",
    "the clean place",
    "the puddle",
    "the far end",
];
const CUPS: [&str; 3] = ["the blue cup", "the chipped cup", "the clean cup"];
const FINDS: [&str; 5] = ["jam", "butter", "mustard", "treacle", "no jam"];

/// What is said once, at the end of a round.
const REMARKS: [(usize, &str); 9] = [
    (3, "Somebody asks where Alice is. Moved to any other business."),
    (17, "A letter arrives for the Dormouse. It is left on the server."),
    (42, "The answer to the riddle is found, and nobody has the question."),
    (64, "The butter is full. A new butter is allocated."),
    (99, "The Dormouse speaks for a whole minute and then sends a single dot."),
    (110, "A stranger on the path says he has read all of this. We ask for TLS."),
    (143, "A guest keeps his tea on the server and looks at it from two houses."),
    (199, "The March Hare says NOOP. We agree that this is the best remark so far."),
    (230, "Nobody has read this far. The Hatter confesses to everything."),
];

/// The whole letter, with bare LF for line ends.
pub fn letter() -> String {
    let mut letter = String::from(HEAD);
    for round in 1..=ROUNDS {
        let guests: [&str; 3] = from_fn(|nth| GUESTS[(round + nth) % GUESTS.len()]);
        let seats: [&str; 4] = from_fn(|nth| SEATS[(round + nth) % SEATS.len()]);
        let (cup, find) = (CUPS[round % CUPS.len()], FINDS[round % FINDS.len()]);
        let said: [&[&str]; 12] = [
            &["The Hatter moves one place on, to ", seats[0]],
            &["The March Hare moves one place on, to ", seats[1]],
            &["The Dormouse is moved one place on, to ", seats[2]],
            &["Tea is poured into ", cup],
            &[guests[0], " asks for ", cup, ". It is in use"],
            &["There is ", find, " on the watch"],
            &[guests[1], " consults the watch. It is six"],
            &[guests[2], " says nothing. This is minuted"],
            &["A riddle is put. The answer is deferred to the next round"],
            &["The seat nobody wants: ", seats[3]],
            &["The Dormouse is asked to wake up. Carried. Not done"],
            &[guests[1], " proposes more tea. Nobody has had any yet"],
        ];
        letter.extend(["ROUND ", &round.to_string(), "\n"]);
        // The last round ends in a snore, and in the letter's end.
        for line in &said[..if round == ROUNDS { 6 } else { said.len() }] {
            letter.push_str(MINUTE);
            letter.extend(line.iter().copied());
            letter.push_str(".\n");
        }
        if let Some((_, remark)) = REMARKS.iter().find(|(at, _)| *at == round) {
            letter.extend([MINUTE, remark, "\n"]);
        }
    }
    letter.push_str(FOOT);
    letter
}

/// It is always six o'clock.
const MINUTE: &str = "18:00  ";

const HEAD: &str = "\
Date: Tue, 17 Nov 2026 18:00:00 +0000
From: The Hatter <hatter@teatable.example>
To: alice@pop3lab.example
Subject: The tea party: complete minutes, all of them
Message-ID: <always-six@teatable.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: 7bit

Dear Alice,

You left early. Here is what you missed, minute by minute. It is always
six o'clock with us, so the times are all correct.

Should you be in a hurry: LIST gives the size away before you commit to
it, and TOP 7 10 brings the header and ten lines, so that you can see
whether the rest is worth having.

This is line ten. If you said TOP 7 10, it ends here, and you have won.
This is line eleven. Oh dear.

";

const FOOT: &str = "\
18:00  The Dormouse snores: zzzzzzzzzzzzzzzzzzz.

(end of the minutes)

So nothing happened, and you now have 200000 octets in writing to say so.
LIST would have told you the one thing and TOP the other. On the modems
this protocol grew up with, 28800 bits a second, you have been listening
to them whistle for about a minute. I trust that it was six o'clock.

DELE 7 and QUIT will clear the table. If the line breaks before QUIT, it
is laid again exactly as it was, which is how we do things here anyway.

The Hatter
";

#[cfg(test)]
mod tests {
    use crate::mail::Message;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_letter_is_the_file() {
        let letter = Message::new(super::letter().as_bytes());
        assert!(letter.octets() == include_bytes!("../../mail/07-big.eml"));
    }
}
