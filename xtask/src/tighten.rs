//! Makes the site that Trunk has made lighter without taking anything from it: tighten.mjs says how.

use crate::shell::{command, run};
use crate::tools::{self, Tools};
use crate::{Result, light, project};

pub fn tighten(tools: &Tools) -> Result {
    let script = project::root().join("xtask/src/tighten.mjs");
    let mut node = command("node");
    node.arg(script).arg(project::dist()).arg(tools::terser()?).args(light::wasm_opt_words()?);
    run(tools.lend(&mut node), "see what Node.js says above")
}
