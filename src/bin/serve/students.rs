//! A class: accounts with passwords that can be read from a sheet and typed, each with the demonstration's mail.

use crate::chance;
use pop3lab::mail::Account;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;

/// Letters that nobody takes for another, in print or by hand.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// `student01` and so on, each with these messages, and with a password of sixty bits.
pub fn accounts(count: u32, like: &Account) -> BTreeMap<String, Account> {
    let digits = count.to_string().len().max(2);
    let account = |number: u32| {
        let name = format!("student{number:0digits$}");
        (name.clone(), Account { name, password: password(), ..like.clone() })
    };
    (1..=count).map(account).collect()
}

fn password() -> String {
    // 256 is a multiple of 32, so that each letter is as likely as any other.
    let letters: Vec<u8> =
        chance::octets::<12>().iter().map(|octet| LETTERS[usize::from(*octet) % LETTERS.len()]).collect();
    letters.chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// The sheet to hand out: where to connect, whom to trust, and a line for each account.
pub fn sheet(
    accounts: &BTreeMap<String, Account>,
    host: &str,
    doors: &[(&str, SocketAddr)],
    authority: Option<&str>,
) -> String {
    let mut sheet = format!("POP3 server: {host}\n");
    for (how, address) in doors {
        // Writing to a String never fails.
        _ = writeln!(sheet, "  {how}: port {}", address.port());
    }
    if let Some(authority) = authority {
        _ = writeln!(sheet, "  authority: {authority}");
    }
    let width = accounts.keys().map(String::len).max().unwrap_or(0).max(4);
    _ = writeln!(sheet, "\n{:width$}  password", "name");
    for account in accounts.values() {
        _ = writeln!(sheet, "{:width$}  {}", account.name, account.password);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use pop3lab::world::Setup;

    #[test]
    fn every_student_has_a_name_a_password_and_mail() {
        let like = Setup::default().accounts.remove(0);
        let accounts = accounts(30, &like);
        let passwords: std::collections::BTreeSet<_> = accounts.values().map(|it| &it.password).collect();
        assert_eq!((accounts.len(), passwords.len()), (30, 30));
        let first = &accounts["student01"];
        assert_eq!((first.password.len(), first.messages.len()), (14, like.messages.len()));
        let doors = [("TLS", "0.0.0.0:1995".parse().unwrap())];
        let sheet = sheet(&accounts, "mail.class.example", &doors, Some("Root 12, SHA-256 AB:CD"));
        assert!(sheet.contains("authority: Root 12, SHA-256 AB:CD\n"), "{sheet}");
        assert!(sheet.contains("TLS: port 1995"), "{sheet}");
        assert!(sheet.lines().any(|line| line == format!("student30  {}", accounts["student30"].password)));
    }
}
