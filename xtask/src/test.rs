//! `cargo xtask test`: every check in its order, or the ones that are named.

use crate::Result;
use crate::arguments::Arguments;
use crate::checks::{CHECKS, Check};
use crate::stage::Stages;

pub fn chore(mut arguments: Arguments) -> Result {
    let passed_on = arguments.passed_on();
    let names = arguments.names()?;
    if names == ["list"] {
        for Check { name, about, .. } in CHECKS {
            println!("  {name:<14} {about}");
        }
        return Ok(());
    }
    if let Some(name) = names.iter().find(|name| !CHECKS.iter().any(|it| it.name == **name)) {
        return Err(format!("there is no check `{name}`; `cargo xtask test list` names them."));
    }
    let chosen = |check: &&Check| names.is_empty() || names.iter().any(|name| name == check.name);

    let mut stages = Stages::default();
    for check in CHECKS.iter().filter(chosen) {
        match stages.run(check.name, || (check.run)(&passed_on)) {
            Ok(remark) => stages.remark(remark),
            Err(sentence) => {
                stages.summary();
                println!("{} passed, 1 failed", stages.passed());
                let name = check.name;
                return Err(format!("{sentence}\n(`cargo xtask test {name}` runs this check alone.)"));
            }
        }
    }
    stages.summary();
    println!("{} passed, 0 failed", stages.passed());
    Ok(())
}
