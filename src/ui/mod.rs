//! The page. It holds no protocol state: everything it shows is a function of a trace, a position in it
//! and what is selected; everything it does is an [`Action`](crate::world::Action).
//!
//! Each component stands beside a file without Yew where there is something to decide:
//!
//! | component  | decides                                                |
//! |------------|--------------------------------------------------------|
//! | `app`      | `lab` (world, turns, undo), `view`, `route` (links)    |
//! | `compare`  | a folder of its own                                    |
//! | `header`   | `set_pieces` (scenes), `wish` (what is done in them)   |
//! | `settings` | what is kept between visits                            |
//! | `terminal` | `rows` (folding), `visible` (octets)                   |
//! | `prompt`   | `typing` (lines, history), `moves`, `slip`             |
//! | `state`    | `diagram` (nodes, edges, routes)                       |
//! | `ladder`   | `handshake` (messages of TLS, how far they have come)  |
//! | `wire`     | `cards` (where each segment is), `label` (what is on it) |
//! | `opened`   | `stream` (whose octets), `inside`, `fields` (names)    |
//! | `ledger`   | `notebook` (which line stands where), `noted` (in words) |
//! | `timeline` | `narration` (each step in one sentence)                |
//! | `walk`     | `pace` (virtual time as a person's)                    |
//! | `reader`   | `reading` (forms, lines, tabs)                         |
//! | `question`, `certificate` | `doubts` (which is open), `chain`, `advice` |
//! | `explain`  | `explaining`, `meanings`, `way`                        |

pub mod advice;
pub mod calculation;
pub mod cards;
pub mod chain;
pub mod compare;
pub mod diagram;
pub mod exchange;
pub mod explaining;
pub mod handshake;
pub mod inside;
pub mod lab;
pub mod label;
pub mod meanings;
pub mod moves;
pub mod notebook;
pub mod notes;
pub mod pace;
pub mod reading;
pub mod responding;
pub mod route;
pub mod rows;
pub mod set_pieces;
pub mod slip;
pub mod stream;
pub mod tls_words;
pub mod typing;
pub mod view;
pub mod visible;
pub mod way;
pub mod wish;

mod app;
mod browser;
mod calculation_card;
mod callbacks;
mod certificate;
mod choices;
mod copy;
mod deliver;
mod doing;
mod doubts;
mod explain;
mod fields;
mod file;
mod header;
mod icons;
mod ladder;
mod ledger;
mod mailbox;
mod narration;
mod noted;
mod number;
mod octets;
mod opened;
mod parts;
mod prompt;
mod question;
mod reader;
mod replay;
mod roads;
mod sasl_words;
mod security;
mod server_log;
mod settings;
mod shell;
mod state;
mod stored;
mod tabs;
mod terminal;
mod theme;
mod timeline;
mod walk;
mod wire;

pub use app::App;

/// A number of thousandths as a number of hundredths, with a decimal where it needs one: 125 is 12.5 %.
fn tenths(per_mille: u64) -> String {
    match per_mille % 10 {
        0 => (per_mille / 10).to_string(),
        rest => format!("{}.{rest}", per_mille / 10),
    }
}

/// Mounts the page where the shell is.
pub fn mount() {
    let root =
        web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id("app"));
    // Read before the page takes the shell's place.
    let early = browser::typed_early();
    if let Some(root) = root {
        yew::Renderer::<App>::with_root_and_props(root, early).render();
    }
}

/// Tells the shell that the engine has panicked.
pub fn report_crash(message: &str) {
    browser::crashed(message);
}
