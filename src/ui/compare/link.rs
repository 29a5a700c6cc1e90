//! What a link to a comparison asks for, and the link that asks for it:
//! `#/compare?cmd=USER%20alice|QUIT&rtt=200&tls=1.2&110=no-login&stls=expired,no-verify&at=7&by=packet`.
//! What is not named is as it usually is.

use crate::net::LinkConfig;
use crate::pki::Fault;
use crate::policy::{Road, Security, Versions};
use crate::trace::Grain;
use crate::ui::route::{LONGEST, MOST_LINES, Trouble, decode, encode, lines, settings};
use crate::ui::tenths;
use crate::world::comparison::{Ending, Plan, Script, Terms};

/// The script of a comparison that nobody changed: look, fetch one mail, delete it.
pub const USUAL: &str = "USER alice\nPASS wonderland\nSTAT\nLIST\nRETR 1\nDELE 1\nQUIT";

/// The longest round trip, in milliseconds.
pub const LONGEST_TRIP: u64 = 5_000;

/// The most that a link may lose, per mille.
pub const MOST_LOSS: u64 = 600;

/// What is compared, and what one looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is compared.
    pub plan: Plan,
    /// How finely one walks.
    pub grain: Grain,
    /// At which of the steps one is. There may be fewer of them.
    pub step: usize,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { plan: Plan::new(Script::read(USUAL, Ending::AsSaid)), grain: Grain::default(), step: 0 }
    }
}

impl Asked {
    /// Whether its script is short enough for a link: [`read`] takes what [`write()`] gives.
    pub fn fits(&self) -> bool {
        let lines = &self.plan.script.lines;
        lines.len() <= MOST_LINES && lines.iter().all(|line| line.len() <= LONGEST)
    }
}

/// The address at which this is found again; that of the page alone if it is too long for one.
pub fn address(asked: &Asked) -> String {
    if asked.fits() { write(asked) } else { "#/compare".into() }
}

/// The grains by their names, as [`Grain::ALL`] has them.
const GRAINS: [&str; Grain::ALL.len()] = ["line", "packet", "phase"];

/// What clients may offer beside what they usually do.
pub(in crate::ui) const VERSIONS: [(&str, Versions); 4] =
    [("1.3", Versions::Tls13), ("1.2", Versions::Tls12), ("1.1", Versions::Tls11), ("1.0", Versions::Tls10)];

/// Something that can be changed about a lane.
struct Change {
    name: &'static str,
    is: fn(&Terms) -> bool,
    set: fn(&mut Terms),
}

/// All of it, beside the faults of certificates.
const CHANGES: [Change; 4] = [
    Change { name: "no-stls", is: |terms| !terms.policy.stls, set: |terms| terms.policy.stls = false },
    Change {
        name: "no-login",
        is: |terms| !terms.policy.login_in_the_clear,
        set: |terms| terms.policy.login_in_the_clear = false,
    },
    Change { name: "no-verify", is: |terms| !terms.policy.verify, set: |terms| terms.policy.verify = false },
    Change {
        name: "if-offered",
        is: |terms| terms.policy.security == Security::StlsIfOffered,
        set: |terms| terms.policy.security = Security::StlsIfOffered,
    },
];

/// Reads what stands behind the `?` of a link.
///
/// # Errors
///
/// A setting is not known or cannot be set so, or more is said than a link may say.
pub fn read(query: &str) -> Result<Asked, Trouble> {
    let mut asked = Asked::default();
    for (name, value) in settings(query) {
        let plan = &mut asked.plan;
        if name == "cmd" {
            // As the text of a script is read: blank lines say nothing.
            plan.script.lines = Script::read(&lines(value)?.join("\n"), Ending::AsSaid).lines;
            continue;
        }
        let value = decode(value)?;
        let known = match name {
            "rtt" => number(&value, LONGEST_TRIP).map(|trip| plan.link.latency = (trip * 500).max(1)),
            "loss" => per_mille(&value).map(|loss| plan.link.loss_per_mille = loss as u16),
            "seed" => number(&value, u64::MAX).map(|seed| plan.seed = seed),
            "end" => (value == "lost").then(|| plan.script.ending = Ending::LineLost),
            "tls" => VERSIONS.into_iter().find(|(held, _)| *held == value).map(|(_, versions)| {
                plan.lanes.iter_mut().for_each(|terms| terms.policy.offers = versions);
            }),
            "at" => number(&value, u32::MAX.into()).map(|step| asked.step = step as usize),
            "by" => {
                let grain = GRAINS.into_iter().zip(Grain::ALL).find(|(held, _)| *held == value);
                grain.map(|(_, grain)| asked.grain = grain)
            }
            name => match Road::ALL.into_iter().position(|road| road.name() == name) {
                Some(lane) => value.split(',').try_for_each(|word| change(&mut plan.lanes[lane], word)),
                None => return Err(Trouble::Setting(decode(name).unwrap_or_else(|_| name.to_owned()))),
            },
        };
        known.ok_or_else(|| Trouble::Value(format!("{name}={value}")))?;
    }
    if asked.fits() { Ok(asked) } else { Err(Trouble::TooLong) }
}

/// The link that asks for this, with what is not as it usually is.
pub fn write(asked: &Asked) -> String {
    let usual = Asked::default();
    let (plan, usually) = (&asked.plan, &usual.plan);
    let mut query: Vec<String> = Vec::new();
    if plan.script.lines != usually.script.lines {
        let lines: Vec<String> = plan.script.lines.iter().map(|line| encode(line)).collect();
        query.push(format!("cmd={}", lines.join("|")));
    }
    let LinkConfig { latency, loss_per_mille } = plan.link;
    if latency != usually.link.latency {
        query.push(format!("rtt={}", plan.link.round_trip() / 1000));
    }
    if loss_per_mille != usually.link.loss_per_mille {
        query.push(format!("loss={}", tenths(loss_per_mille.into())));
    }
    if let Some((name, _)) = VERSIONS.iter().find(|(_, held)| *held == plan.lanes[0].policy.offers) {
        query.push(format!("tls={name}"));
    }
    for (road, terms) in Road::ALL.into_iter().zip(&plan.lanes) {
        let changes = CHANGES.iter().filter(|change| (change.is)(terms)).map(|change| change.name);
        let words: Vec<&str> = terms.policy.fault.map(Fault::name).into_iter().chain(changes).collect();
        if !words.is_empty() {
            query.push(format!("{}={}", road.name(), words.join(",")));
        }
    }
    if plan.seed != usually.seed {
        query.push(format!("seed={}", plan.seed));
    }
    if plan.script.ending == Ending::LineLost {
        query.push("end=lost".into());
    }
    if asked.step != usual.step {
        query.push(format!("at={}", asked.step));
    }
    if asked.grain != usual.grain {
        query.push(format!("by={}", GRAINS[asked.grain as usize]));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    format!("#/compare{mark}{}", query.join("&"))
}

/// Changes a lane as this word says, if it is one.
fn change(terms: &mut Terms, word: &str) -> Option<()> {
    match CHANGES.iter().find(|change| change.name == word) {
        Some(change) => (change.set)(terms),
        None => terms.policy.fault = Some(Fault::named(word)?),
    }
    Some(())
}

/// Decimal digits, and nothing else.
fn number(text: &str, most: u64) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= most)
}

/// Per cent with at most one decimal, as per mille.
fn per_mille(text: &str) -> Option<u64> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let loss = number(whole, MOST_LOSS)? * 10 + number(tenth, 9).filter(|_| tenth.len() == 1)?;
    (loss <= MOST_LOSS).then_some(loss)
}

#[cfg(test)]
mod tests;
