//! The page's program: sees that a panic reaches the shell, and mounts the app.

fn main() {
    // Yew sets a hook of its own when it mounts; this one takes its place.
    yew::set_custom_panic_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        pop3lab::ui::report_crash(&info.to_string());
    }));
    pop3lab::ui::mount();
}
