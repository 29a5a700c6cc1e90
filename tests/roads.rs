//! The three roads.
#[path = "support/lab.rs"]
mod lab;
use lab::Lab;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Security, Versions};

#[test]
fn explore() {
    let mut lab = Lab::on(Road::Tls);
    lab.types("CAPA").types("USER alice").types("PASS wonderland").types("LIST").types("QUIT");
    println!("{}", lab.story());
    for (_, event) in lab.events() {
        let t = format!("{event:?}");
        if t.starts_with("Tls")
            || t.starts_with("Rec") && !t.starts_with("Rece")
            || t.starts_with("Key")
            || t.starts_with("Log")
        {
            println!("{}", &t[..t.len().min(260)]);
        }
    }
    let mut lab = Lab::on(Road::Stls);
    lab.types("CAPA")
        .types("STLS")
        .types("CAPA")
        .types("USER alice")
        .types("PASS wonderland")
        .types("STLS")
        .types("QUIT");
    println!("{}", lab.story());
    for fault in Fault::ALL {
        for offers in [Versions::Tls12, Versions::Tls13] {
            let mut lab = Lab::on_terms(
                Policy { security: Security::TlsAtOnce, fault: Some(fault), offers, ..Policy::default() },
                995,
            );
            println!("{fault:?} {offers:?}\n{}", &lab.story().chars().take(900).collect::<String>());
            lab.types("NOOP");
        }
    }
    for security in Security::ALL {
        for (port, stls) in [(110, true), (110, false), (995, true), (111, true)] {
            let mut lab = Lab::on_terms(Policy { security, by_hand: false, stls, ..Policy::default() }, port);
            println!("{security:?} {port} {stls}\n{}", &lab.story().chars().take(1600).collect::<String>());
            lab.types("USER alice");
            lab.types("PASS wonderland");
            println!(
                "{}",
                &lab.story().chars().rev().take(600).collect::<String>().chars().rev().collect::<String>()
            );
        }
    }
    for offers in [Versions::Tls10, Versions::Tls11] {
        let lab = Lab::on_terms(Policy { security: Security::TlsAtOnce, offers, ..Policy::default() }, 995);
        println!("{}", lab.story());
    }
}
