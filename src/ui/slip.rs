//! One slip of the fingers away from a command.

use crate::pop3::COMMANDS;

/// The keyword that was probably meant by a word that is none: one slip of the fingers away.
pub fn near(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_uppercase();
    let mut keywords = COMMANDS.iter().map(|row| row.keyword);
    // Nearly every line begins with one, and its answer waits for this.
    if keywords.clone().any(|keyword| keyword == word) {
        return None;
    }
    keywords.find(|keyword| distance(&word, keyword) == 1)
}

/// How many letters are wrong, missing, too many or exchanged with their neighbour (Damerau).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let changed = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_fingers_is_forgiven() {
        assert_eq!(near("RERT"), Some("RETR"));
        assert_eq!(near("lst"), Some("LIST"));
        assert_eq!(near("QUITT"), Some("QUIT"));
        assert_eq!(near("RETR"), None);
        assert_eq!(near("HELO"), None);
    }
}
