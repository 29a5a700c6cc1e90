//! The page's program: sees that a panic reaches the shell, and mounts the app.

fn main() {
    // Yew sets a hook of its own when it mounts; this one takes its place.
    yew::set_custom_panic_hook(Box::new(|_info| {
        // Where a panic ends the program at once, nobody calls a hook: the shell sees the trap.
        #[cfg(not(panic = "immediate-abort"))]
        {
            console_error_panic_hook::hook(_info);
            pop3lab::ui::report_crash(&_info.to_string());
        }
    }));
    pop3lab::ui::mount();
}
