//! Mail in files: given as it stands, and removed only if that was asked for.

use super::client::Client;
use super::mail::{eml, files, folder, maildir, mbox, mbox_of, message, password};
use super::program::{Program, text};
use std::fs;
use std::path::Path;

/// Makes a mailbox with so many messages.
type Make = fn(&Path, &str, usize);

/// The kinds of mailboxes.
const KINDS: [(&str, Make); 3] = [("eml", eml), ("maildir", maildir), ("mbox", mbox)];

fn logged_in(program: &Program, name: &str) -> Client {
    let mut client = Client::plain(program).unwrap();
    let answer = client.logs_in(name, &password(name)).unwrap();
    assert!(answer.starts_with("+OK"), "{name}: {answer}");
    client
}

/// The unique-ids of a mailbox, in order.
fn uids(client: &mut Client) -> Vec<String> {
    let list = String::from_utf8(client.fetches("UIDL").unwrap()).unwrap();
    list.lines().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

/// All mail of a mailbox, by what is in it.
fn mail(program: &Program, name: &str) -> Vec<Vec<u8>> {
    let mut client = logged_in(program, name);
    let count = uids(&mut client).len();
    let all = (1..=count).map(|number| client.fetches(&format!("RETR {number}")).unwrap()).collect();
    client.asks("QUIT").unwrap();
    all
}

fn messages(numbers: impl IntoIterator<Item = usize>) -> Vec<Vec<u8>> {
    numbers.into_iter().map(message).collect()
}

/// A folder with a mailbox of each kind, with so many messages.
fn of_all_kinds(count: usize) -> std::path::PathBuf {
    let root = folder(KINDS.map(|(name, _)| name));
    KINDS.iter().for_each(|(name, make)| make(&root, name, count));
    root
}

/// Every octet of a folder.
fn octets(root: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(root.join(name)).unwrap());
    files(root).into_iter().map(read).collect()
}

#[test]
fn mail_is_given_as_it_stands_in_its_files() {
    let root = of_all_kinds(12);
    let program = Program::start(&["--mail", text(&root)]);
    for (name, _) in KINDS {
        // A Maildir's new mail comes in its place among the old: by the time of delivery.
        assert_eq!(mail(&program, name), messages(1..=12), "{name}");
    }
}

#[test]
fn nothing_changes_unless_that_was_asked_for() {
    let root = of_all_kinds(3);
    let before = octets(&root);
    let program = Program::start(&["--mail", text(&root)]);
    for (name, _) in KINDS {
        let mut client = logged_in(&program, name);
        client.asks("DELE 1").unwrap();
        assert!(
            client.asks("QUIT").unwrap().starts_with("-ERR"),
            "{name}: it is not deleted, and must not say so"
        );
        assert_eq!(mail(&program, name).len(), 3);
    }
    assert_eq!(octets(&root), before);
}

#[test]
fn what_is_deleted_is_gone_and_nothing_else() {
    let root = of_all_kinds(7);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    for (name, _) in KINDS {
        let mut client = logged_in(&program, name);
        let before = uids(&mut client);
        for number in [2, 3, 7] {
            assert!(client.asks(&format!("DELE {number}")).unwrap().starts_with("+OK"));
        }
        assert!(client.asks("QUIT").unwrap().starts_with("+OK"));
        assert_eq!(mail(&program, name), messages([1, 4, 5, 6]), "{name}");
        let after = uids(&mut logged_in(&program, name));
        assert_eq!(after, [0, 3, 4, 5].map(|index| before[index].clone()), "{name}: other unique-ids");
    }
    assert_eq!(files(&root.join("eml")), ["1.eml", "4.eml", "5.eml", "6.eml"]);
    assert_eq!(fs::read(root.join("mbox")).unwrap(), mbox_of([1, 4, 5, 6]));
    assert!(files(&root).iter().all(|name| !name.contains("remov") && !name.ends_with(".new")));
}

#[test]
fn a_dropped_line_removes_nothing() {
    let root = of_all_kinds(3);
    let before = octets(&root);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    for (name, _) in KINDS {
        let mut client = logged_in(&program, name);
        client.asks("DELE 1").unwrap();
        drop(client);
    }
    drop(program);
    let changed: Vec<_> = octets(&root).into_iter().filter(|(name, _)| name != ".lock").collect();
    assert_eq!(changed, before);
}

#[test]
fn unique_ids_outlive_the_program() {
    let root = of_all_kinds(4);
    let seen = || {
        let program = Program::start(&["--mail", text(&root)]);
        KINDS.map(|(name, _)| uids(&mut logged_in(&program, name)))
    };
    assert_eq!(seen(), seen());
}

#[test]
fn equal_messages_have_unique_ids_of_their_own() {
    let root = of_all_kinds(1);
    fs::write(root.join("eml/2.eml"), message(1)).unwrap();
    fs::write(root.join("mbox"), mbox_of([1, 1, 1])).unwrap();
    fs::write(root.join("maildir/new/1800000000.M1P1.host"), message(1)).unwrap();
    let program = Program::start(&["--mail", text(&root)]);
    for (name, _) in KINDS {
        let mut uids = uids(&mut logged_in(&program, name));
        let count = uids.len();
        uids.sort();
        uids.dedup();
        assert!(count > 1 && uids.len() == count, "{name}: {uids:?}");
    }
}

#[test]
fn mail_that_arrives_meanwhile_stays() {
    let root = of_all_kinds(2);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut clients = KINDS.map(|(name, _)| logged_in(&program, name));
    fs::write(root.join("eml/3.eml"), message(3)).unwrap();
    fs::write(root.join("maildir/new/1800000000.M3P1.host"), message(3)).unwrap();
    let mbox = [mbox_of([1, 2]), mbox_of([3])].concat();
    fs::write(root.join("mbox"), mbox).unwrap();
    for (client, (name, _)) in clients.iter_mut().zip(KINDS) {
        assert_eq!(uids(client).len(), 2, "{name}: a session sees no new mail");
        client.asks("DELE 1").unwrap();
        assert!(client.asks("QUIT").unwrap().starts_with("+OK"), "{name}");
        assert_eq!(mail(&program, name), messages([2, 3]), "{name}");
    }
}

#[test]
fn a_maildir_message_that_got_flags_meanwhile_is_still_the_same() {
    let root = folder(["maildir"]);
    maildir(&root, "maildir", 2);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut client = logged_in(&program, "maildir");
    let (new, seen) = ("new/1700000001.M1P1.host", "cur/1700000001.M1P1.host:2,RS");
    fs::rename(root.join("maildir").join(new), root.join("maildir").join(seen)).unwrap();
    client.asks("DELE 1").unwrap();
    assert!(client.asks("QUIT").unwrap().starts_with("+OK"));
    assert_eq!(files(&root.join("maildir")), ["cur/1700000002.M2P1.host:2,S"]);
}

#[test]
fn an_mbox_that_another_program_rewrote_is_left_alone() {
    let root = folder(["mbox"]);
    mbox(&root, "mbox", 3);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut client = logged_in(&program, "mbox");
    fs::write(root.join("mbox"), mbox_of([2, 3, 4])).unwrap();
    client.asks("DELE 1").unwrap();
    assert!(client.asks("QUIT").unwrap().starts_with("-ERR"));
    assert_eq!(fs::read(root.join("mbox")).unwrap(), mbox_of([2, 3, 4]));
    assert!(program.log().contains("another program has changed the mailbox"), "{}", program.log());
}

#[test]
fn a_removal_that_was_cut_off_is_undone_or_finished() {
    let root = folder(["undone", "finished"]);
    for name in ["undone", "finished"] {
        eml(&root, name, 3);
    }
    fs::create_dir(root.join(".undone.removing")).unwrap();
    fs::rename(root.join("undone/2.eml"), root.join(".undone.removing/2.eml")).unwrap();
    fs::create_dir(root.join(".finished.removed")).unwrap();
    fs::rename(root.join("finished/2.eml"), root.join(".finished.removed/2.eml")).unwrap();
    let program = Program::start(&["--mail", text(&root), "--write"]);
    assert_eq!(mail(&program, "undone"), messages([1, 2, 3]));
    assert_eq!(mail(&program, "finished"), messages([1, 3]));
    assert!(!root.join(".undone.removing").exists() && !root.join(".finished.removed").exists());
}

#[test]
fn one_program_at_a_time_writes_in_a_folder() {
    let root = of_all_kinds(1);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let said = Program::refuses(&["--plain", "127.0.0.1:0", "--mail", text(&root), "--write"]);
    assert!(said.contains("another serve writes in"), "{said}");
    drop(program);
    Program::start(&["--mail", text(&root), "--write"]);
}
