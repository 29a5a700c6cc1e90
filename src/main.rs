//! The page's program: sees that a panic reaches the shell, and mounts the app.

use std::panic;

fn main() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        pop3lab::ui::report_crash(&info.to_string());
    }));
    pop3lab::ui::mount();
}
