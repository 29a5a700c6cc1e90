//! What CAPA answers (RFC 2449), from the configuration and the policies of the store.

use super::channel::Channel;
use super::{Config, Phase};
use crate::mail::AccountPolicy;

/// The capability lines for a session in `phase`. Before login `policies` holds everybody's, after
/// login the one of the mailbox that is open. `channel` is what the session runs in.
pub fn capabilities(
    config: &Config,
    phase: Phase,
    channel: &Channel,
    policies: &[AccountPolicy],
) -> Vec<String> {
    let secure = channel.is_secure();
    let mut lines: Vec<String> = Vec::new();
    if config.top_and_uidl {
        lines.extend(["TOP".into(), "UIDL".into()]);
    }
    // RFC 2595 section 4: STLS stands where it can be given, which is before login and before TLS.
    let before_login = phase != Phase::Transaction;
    if config.stls && !secure && before_login {
        lines.push("STLS".into());
    }
    // Section 2.3: who takes no password in the clear does not invite to send one.
    if secure || config.login_in_the_clear {
        lines.push("USER".into());
    }
    // RFC 5034 section 3. It stands after login as well, though nobody can use it any more.
    let mechanisms: Vec<&str> =
        config.mechanisms.iter().filter(|of| channel.offers(config, **of)).map(|of| of.row().name).collect();
    if !mechanisms.is_empty() {
        lines.push(format!("SASL {}", mechanisms.join(" ")));
    }
    lines.extend(["RESP-CODES".into(), "AUTH-RESP-CODE".into(), "PIPELINING".into()]);
    // Before login: the shortest retention and the longest delay of anybody, and whether somebody's
    // own value may differ (RFC 2449 sections 6.5 and 6.7).
    let shortest = policies.iter().filter_map(|policy| policy.expire).min();
    let expire = shortest.map_or("NEVER".into(), |days| days.to_string());
    let differs = |same: bool| if before_login && !same { " USER" } else { "" };
    let same = policies.windows(2).all(|pair| pair[0].expire == pair[1].expire);
    lines.push(format!("EXPIRE {expire}{}", differs(same)));
    let longest = policies.iter().map(|policy| policy.login_delay).max().unwrap_or(0);
    let same = policies.windows(2).all(|pair| pair[0].login_delay == pair[1].login_delay);
    lines.push(format!("LOGIN-DELAY {longest}{}", differs(same)));
    // RFC 6856 section 2: USER there says that names and passwords may be UTF-8.
    lines.push(if secure || config.login_in_the_clear { "UTF8 USER" } else { "UTF8" }.into());
    lines.push("LANG".into());
    lines.push(format!("IMPLEMENTATION {}", config.implementation));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn policies_that_differ_are_announced_with_user_before_login_only() {
        let strict = AccountPolicy { expire: Some(30), login_delay: 60, ..AccountPolicy::default() };
        let lines = capabilities(
            &Config::default(),
            Phase::Authorization,
            &Channel::default(),
            &[strict, AccountPolicy::default()],
        );
        assert!(lines.contains(&"EXPIRE 30 USER".into()) && lines.contains(&"LOGIN-DELAY 60 USER".into()));
        let lines = capabilities(
            &Config::default(),
            Phase::Transaction,
            &Channel::default(),
            &[AccountPolicy::default()],
        );
        assert!(lines.contains(&"EXPIRE NEVER".into()) && lines.contains(&"LOGIN-DELAY 0".into()));
    }
}
