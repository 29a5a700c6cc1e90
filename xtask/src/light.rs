//! What makes the published program light, beside its profile in Cargo.toml: variables for Cargo, and words for wasm-opt.
//!
//! The variables are unstable, hence `RUSTC_BOOTSTRAP`; nothing else of the build depends on them, and
//! docs/performance.md says what each part brings.

use std::path::Path;

use crate::shell::{command, find, read, run};
use crate::{Result, project};

/// The profile of the published program, which index.html tells Trunk as well.
pub const PROFILE: &str = "page";

/// Leaves out what only a programmer would read: the places of panics and the text of `Debug`, ours and that of
/// every crate below.
const ALWAYS: [(&str, &str); 2] =
    [("RUSTC_BOOTSTRAP", "1"), (FLAGS, "-Zlocation-detail=none -Zfmt-debug=none")];

/// What Cargo adds to the flags of .cargo/config.toml.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Makes the standard library with the program, small rather than fast, so that it too does without those texts.
/// Cargo keeps what it made as it keeps any other crate. A panic becomes a trap where it happens: only such a library
/// can do that.
const WITH_STANDARD_LIBRARY: [(&str, &str); 3] = [
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (FLAGS, "-Zlocation-detail=none -Zfmt-debug=none -Cpanic=immediate-abort -Zunstable-options"),
];

/// The variables that apply on this machine; fetches the standard library's sources where that can be done.
pub fn variables() -> Vec<(&'static str, &'static str)> {
    let mut variables = ALWAYS.to_vec();
    if find_sources() {
        variables.extend(WITH_STANDARD_LIBRARY);
    } else {
        println!(
            "Without the component rust-src the standard library is taken as it comes: some 22 kB more."
        );
    }
    variables
}

/// What the program may weigh more, in octets of brotli, where the standard library has to be taken as it comes.
pub const MORE_WITHOUT_SOURCES: u64 = 24_000;

/// Whether the standard library's sources are on this machine.
pub fn has_sources() -> bool {
    let root = read(command("rustc").args(["--print", "sysroot"]));
    root.is_some_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}

fn find_sources() -> bool {
    let add = |rustup| {
        let mut add = command(rustup);
        run(add.args(["component", "add", "rust-src"]), "go on without it").is_ok()
    };
    has_sources() || (find("rustup").is_some_and(add) && has_sources())
}

/// The words that index.html has Trunk hand to wasm-opt.
pub fn wasm_opt_words() -> Result<Vec<String>> {
    let page = std::fs::read_to_string(project::root().join("index.html")).unwrap_or_default();
    let after = page.split_once("data-wasm-opt-params=\"");
    let words = after.and_then(|(_, rest)| rest.split_once('"')).map(|(words, _)| words);
    let words = words.ok_or("give data-wasm-opt-params to the rust link of index.html.")?;
    Ok(words.split_whitespace().map(str::to_owned).collect())
}
