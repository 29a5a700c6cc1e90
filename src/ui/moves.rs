//! What can be done next, as lines that could be typed: the open edges of the state machine. Arguments
//! that a learner cannot compute are filled in, and said to be.

use super::responding::{mechanisms, responses};
use crate::policy::Road;
use crate::pop3::{COMMANDS, CommandRow, Kind, Phase, Verb};
use crate::sasl::apop;
use crate::trace::{Connection, Scene};

/// The demonstration accounts, whose passwords the page tells.
pub(super) const KNOWN: [(&str, &str); 3] =
    [("alice", "wonderland"), ("erin", "nothing-here"), ("zoe", "keeps-everything")];

/// A line that may be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its command.
    pub verb: Verb,
    /// The whole line, without CRLF.
    pub line: String,
    /// Whether the page computed a part that a person could not.
    pub computed: bool,
}

/// The lines that make sense now on this connection; none when it is closed or not yet greeted.
pub fn moves(scene: &Scene, connection: &Connection) -> Vec<Move> {
    let Some(phase) = connection.phase.filter(|_| connection.is_open() && connection.greeted) else {
        return Vec::new();
    };
    if phase == Phase::Exchange && connection.challenged {
        let said = responses(scene, connection).into_iter();
        return said.map(|(line, computed)| Move { verb: Verb::Auth, line, computed }).collect();
    }
    let mut moves = Vec::new();
    for row in COMMANDS.iter().filter(|row| row.phases.contains(&phase)) {
        if row.verb == Verb::Auth {
            let begin = |of| Move { verb: Verb::Auth, line: format!("AUTH {of}"), computed: false };
            moves.extend(mechanisms(connection).into_iter().map(begin));
        } else {
            moves.extend(fill(row, scene, connection));
        }
    }
    moves
}

/// The one line that a learner would most likely type next.
pub fn ghost(scene: &Scene, connection: &Connection) -> Option<Move> {
    let open = moves(scene, connection);
    let first =
        |verbs: &[Verb]| verbs.iter().find_map(|verb| open.iter().find(|held| held.verb == *verb)).cloned();
    match connection.phase? {
        Phase::Authorization => {
            let not_sent = |verb: &&Verb| !connection.sent.contains(verb);
            let before_login: Vec<Verb> = opening(connection).iter().filter(not_sent).copied().collect();
            first(&[&before_login[..], &[Verb::User]].concat())
        }
        Phase::UserGiven => first(&[Verb::Pass]),
        Phase::Transaction => {
            let tour = [Verb::Stat, Verb::List, Verb::Retr, Verb::Dele];
            let next = tour.into_iter().find(|verb| !connection.sent.contains(verb));
            next.and_then(|verb| first(&[verb])).or_else(|| first(&[Verb::Quit]))
        }
        Phase::Exchange => open.into_iter().find(|held| held.computed),
        Phase::Update | Phase::Closed => None,
    }
}

/// What comes before the login: on the road of STLS capabilities, STLS, and since nothing that was learnt in
/// the clear counts any more, capabilities again (RFC 2595 section 4).
fn opening(connection: &Connection) -> &'static [Verb] {
    let clear = connection.policy.login_in_the_clear || connection.is_secure();
    match (connection.is_secure(), connection.road()) {
        (false, Some(Road::Stls)) => &[Verb::Capa, Verb::Stls],
        (true, Some(Road::Stls)) => &[Verb::Capa],
        (false, _) if !clear => &[Verb::Capa, Verb::Stls],
        _ => &[],
    }
}

/// Whether the server would take this command, as far as TLS is concerned.
fn sealed_enough(verb: Verb, connection: &Connection) -> bool {
    match verb {
        Verb::Stls => connection.policy.stls && !connection.is_secure(),
        Verb::User | Verb::Pass => connection.policy.login_in_the_clear || connection.is_secure(),
        _ => true,
    }
}

/// The line of a command with arguments that make sense here.
pub(super) fn fill(row: &CommandRow, scene: &Scene, connection: &Connection) -> Option<Move> {
    if !sealed_enough(row.verb, connection) {
        return None;
    }
    let name = connection.user.as_deref();
    let mut computed = false;
    let mut words = vec![row.keyword.to_owned()];
    for parameter in row.parameters.iter().filter(|parameter| !parameter.optional) {
        words.push(match parameter.kind {
            Kind::Name => KNOWN[0].0.to_owned(),
            Kind::Secret => password(name?)?.to_owned(),
            Kind::Digest => {
                computed = true;
                apop::digest(connection.stamp.as_deref()?, KNOWN[0].1.as_bytes())
            }
            Kind::MessageNumber => number(row.verb, scene, connection)?.to_string(),
            Kind::LineCount => "5".to_owned(),
            // What AUTH is begun with is a move for each mechanism, and no one word.
            Kind::Mechanism | Kind::Response => return None,
            Kind::Language => "ja".to_owned(),
        });
    }
    Some(Move { verb: row.verb, line: words.join(" "), computed })
}

/// The password of a demonstration account.
pub(super) fn password(name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, password)| *password)
}

/// The message that a command would best be tried on: RETR and TOP take the first one that the client
/// does not have, DELE the first one that it has; else the first that bears no mark.
fn number(verb: Verb, scene: &Scene, connection: &Connection) -> Option<u32> {
    let mailbox = scene.mailboxes.get(connection.mailbox.as_deref()?)?;
    let unmarked = || mailbox.messages.iter().filter(|held| !held.marked).filter_map(|held| held.number);
    let fetched = |number: &u32| {
        let here = |download: &&crate::trace::Download| download.connection == connection.id;
        scene.downloads.iter().filter(here).any(|download| download.number == *number)
    };
    let wanted = verb == Verb::Dele;
    unmarked().find(|number| fetched(number) == wanted).or_else(|| unmarked().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Words};
    use crate::policy::{Policy, Shown};
    use crate::ui::copy::session;
    use crate::ui::lab::Lab;
    use crate::ui::wish::Wish;

    fn lines(lab: &Lab) -> Vec<String> {
        let view = lab.view();
        moves(&view.scene(), &view.connection().unwrap()).into_iter().map(|held| held.line).collect()
    }

    fn suggestion(lab: &Lab) -> String {
        let view = lab.view();
        ghost(&view.scene(), &view.connection().unwrap()).unwrap().line
    }

    #[test]
    fn every_move_that_is_offered_is_accepted() {
        let mut openers = vec![vec![], vec!["USER alice"], vec!["USER alice", "PASS wonderland"]];
        openers.push(vec!["USER erin", "PASS nothing-here"]);
        openers.push(vec!["USER alice", "PASS wonderland", "RETR 1", "DELE 2"]);
        for opener in openers {
            let mut lab = Lab::default();
            opener.iter().for_each(|line| _ = lab.send(format!("{line}\r\n").into_bytes()));
            for line in lines(&lab) {
                let mut lab = Lab::default();
                opener.iter().for_each(|line| _ = lab.send(format!("{line}\r\n").into_bytes()));
                lab.send(format!("{line}\r\n").into_bytes());
                let refused = lab.view().with(|trace| {
                    trace.records().iter().any(|record| match &record.event {
                        crate::trace::Event::Judged(judgement) => judgement.refusal.is_some(),
                        _ => false,
                    })
                });
                assert!(!refused, "{line} after {opener:?}");
            }
        }
    }

    #[test]
    fn the_first_suggestions_lead_through_a_session() {
        let mut lab = Lab::default();
        for line in ["USER alice", "PASS wonderland", "STAT", "LIST", "RETR 1", "DELE 1", "QUIT"] {
            assert_eq!(suggestion(&lab), line);
            lab.send(format!("{line}\r\n").into_bytes());
        }
    }

    /// Begins AUTH and says what is computed until the exchange is over; the session.
    fn goes_through(lab: &mut Lab, mechanism: &str) -> String {
        lab.send(format!("AUTH {mechanism}\r\n").into_bytes());
        loop {
            let view = lab.view();
            let held = view.connection().unwrap();
            if held.phase != Some(Phase::Exchange) {
                return view.with(|trace| session(trace, view.position, Words::new(Language::English)));
            }
            let next = moves(&view.scene(), &held).remove(0);
            assert!(next.computed, "{mechanism}");
            lab.send(format!("{}\r\n", next.line).into_bytes());
        }
    }

    #[test]
    fn what_is_computed_goes_through_every_mechanism_in_the_clear_and_inside_tls() {
        let shown = [(Road::Clear, Shown::None, 5), (Road::Tls, Shown::None, 9), (Road::Tls, Shown::Own, 10)];
        for (road, shows, least) in shown {
            let connected = || {
                let mut lab = Lab::default();
                let asks = shows != Shown::None;
                let policy = Policy { security: road.security(), asks, shows, ..Policy::default() };
                lab.act(Wish::terms(policy, road.port()));
                lab
            };
            let lab = connected();
            let begins: Vec<String> =
                lines(&lab).iter().filter_map(|line| line.strip_prefix("AUTH ").map(str::to_owned)).collect();
            assert_eq!(begins.len(), least, "{begins:?}");
            for mechanism in begins {
                let said = goes_through(&mut connected(), &mechanism);
                assert!(said.contains("the maildrop is yours"), "{said}");
            }
        }
    }

    #[test]
    fn an_unknown_name_gets_no_password_from_the_page() {
        let mut lab = Lab::default();
        lab.send(b"USER bob\r\n".to_vec());
        assert_eq!(lines(&lab), ["CAPA", "STLS", "QUIT", "LANG"]);
    }

    #[test]
    fn a_closed_connection_has_no_moves() {
        let mut lab = Lab::default();
        lab.drop_line();
        assert_eq!(lines(&lab), [""; 0]);
    }
}
