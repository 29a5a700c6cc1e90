//! The page as a whole: it holds the lab and the settings, and hands each panel the moment on screen.

use super::browser::{self, Early};
use super::explain::Explain;
use super::header::Header;
use super::lab::{Acted, Lab, View};
use super::mailbox::Mailbox;
use super::prompt::{Hint, Prompt};
use super::state::State;
use super::terminal::{Terminal, note_text};
use super::timeline::Timeline;
use crate::i18n::{Language, Words, id};
use crate::trace::Event;
use yew::prelude::*;

/// How the page is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    System,
    /// Paper.
    Light,
    /// Night.
    Dark,
}

impl Theme {
    const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name under which it is kept, and which the style sheet knows.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn next(self) -> Theme {
        let at = Theme::ALL.iter().position(|theme| *theme == self).unwrap_or(0);
        Theme::ALL[(at + 1) % Theme::ALL.len()]
    }
}

/// Everything that a person does on the page.
pub enum Doing {
    /// Writes octets to the connection.
    Send(Vec<u8>),
    /// Connects.
    Connect,
    /// Closes without QUIT.
    Disconnect,
    /// Drops the line.
    DropLine,
    /// Begins anew.
    StartOver,
    /// Looks at a position of the trace.
    LookAt(usize),
    /// Selects a row of the terminal, by its record.
    Select(u32),
    /// Is told something by the prompt, or dismisses it.
    Hint(Option<Hint>),
    /// Chooses a language.
    Speak(Language),
    /// Chooses the next theme.
    ChangeTheme,
    /// The answer is on the screen: what comments on it follows.
    Painted,
    /// Lets the engine panic, to see that the page survives it: the fire drill.
    Drill,
}

/// The page.
pub struct App {
    lab: Lab,
    /// The moment that Explain and the timeline show. After a command the answer is painted first, and
    /// they follow with the next frame.
    settled: View,
    words: Words,
    theme: Theme,
    hint: Option<Hint>,
    /// The row of the terminal that a person selected.
    selected: Option<u32>,
    /// What stood in the shell's prompt when the engine arrived.
    early_text: String,
    /// Whether it had the focus.
    early_focus: bool,
    /// Of which world the shell has been told how many rows.
    told: (u32, usize),
    /// Something was done: if the button for it is gone, the prompt takes the focus.
    keep_focus: bool,
    on: Callbacks,
    _drill: Option<gloo::events::EventListener>,
}

impl Component for App {
    type Message = Doing;
    type Properties = Early;

    fn create(ctx: &Context<App>) -> App {
        let language = browser::recall("language").and_then(|tag| Language::from_tag(&tag));
        let language = language.unwrap_or_else(browser::preferred_language);
        let theme = browser::recall("theme");
        let theme = Theme::ALL.into_iter().find(|held| theme.as_deref() == Some(held.name()));
        let drill = browser::on_event("pop3lab:drill", ctx.link().callback(|()| Doing::Drill));
        let lab = Lab::default();
        let mut app = App {
            settled: lab.view(),
            lab,
            words: Words::new(language),
            theme: theme.unwrap_or(Theme::System),
            hint: None,
            selected: None,
            early_text: ctx.props().text.clone(),
            early_focus: ctx.props().focused,
            told: (0, 0),
            keep_focus: false,
            on: Callbacks::new(ctx),
            _drill: drill,
        };
        app.dress();
        for line in &ctx.props().lines {
            app.send(super::typing::line(line));
        }
        app.settle();
        app
    }

    fn update(&mut self, ctx: &Context<App>, doing: Doing) -> bool {
        match doing {
            Doing::Painted => self.settle(),
            Doing::Send(octets) => self.send(octets),
            Doing::Connect => self.act("= connect", Lab::connect),
            Doing::Disconnect => self.act("= disconnect", Lab::disconnect),
            Doing::DropLine => self.act("= drop the line", Lab::drop_line),
            Doing::StartOver => self.act("= start over", |lab| {
                lab.start_over();
                Acted::Onwards
            }),
            Doing::LookAt(position) => {
                self.lab.look_at(position);
                self.settle();
                self.selected = None;
                self.hint = None;
            }
            Doing::Select(row) => self.selected = Some(row),
            Doing::Hint(hint) => self.hint = hint,
            Doing::Speak(language) => {
                self.words = Words::new(language);
                browser::remember("language", language.tag());
                self.dress();
            }
            Doing::ChangeTheme => {
                self.theme = self.theme.next();
                browser::remember("theme", self.theme.name());
                self.dress();
            }
            Doing::Drill => panic!("this is a drill: the engine was asked to panic"),
        }
        if self.settled != self.lab.view() {
            browser::after_paint(ctx.link().callback(|()| Doing::Painted));
        }
        true
    }

    fn rendered(&mut self, _: &Context<App>, _: bool) {
        if std::mem::take(&mut self.keep_focus) {
            browser::keep_focus();
        }
    }

    fn view(&self, _: &Context<App>) -> Html {
        let view = self.lab.view();
        let shown = view.shown();
        let open = shown.connection().is_some_and(|connection| connection.is_open());
        let on = &self.on;
        html! {
            <ContextProvider<Words> context={self.words}>
                <div class="page" data-past={view.is_past().to_string()}>
                    <Header {open} theme={self.theme} on_do={on.doing.clone()} />
                    <main>
                        <div class="column">
                        <section class="panel terminal-panel" aria-labelledby="terminal-title">
                            <h2 id="terminal-title">{ self.words.say(id::TERMINAL_TITLE) }</h2>
                            <Terminal view={view.clone()} selected={self.selected} on_select={on.select.clone()} />
                            <Prompt
                                view={view.clone()}
                                hint={self.hint.clone()}
                                early_text={self.early_text.clone()}
                                early_focus={self.early_focus}
                                on_send={on.send.clone()}
                                on_hint={on.hint.clone()}
                            />
                        </section>
                        <Explain view={self.settled.clone()} selected={self.selected} on_move={on.send_line.clone()} />
                        </div>
                        <div class="column">
                        <State shown={shown.clone()} on_move={on.send_line.clone()} on_connect={on.connect.clone()} />
                        <Mailbox {shown} />
                        </div>
                    </main>
                    <Timeline view={self.settled.clone()} on_look={on.look.clone()} />
                </div>
            </ContextProvider<Words>>
        }
    }
}

/// What the components call. Made once: a callback made anew is another one, and whoever has it is drawn
/// again.
struct Callbacks {
    doing: Callback<Doing>,
    send: Callback<Vec<u8>>,
    send_line: Callback<String>,
    connect: Callback<()>,
    hint: Callback<Option<Hint>>,
    look: Callback<usize>,
    select: Callback<u32>,
}

impl Callbacks {
    fn new(ctx: &Context<App>) -> Callbacks {
        let link = ctx.link();
        Callbacks {
            doing: link.callback(|doing| doing),
            send: link.callback(Doing::Send),
            send_line: link.callback(|line: String| Doing::Send(super::typing::line(&line))),
            connect: link.callback(|()| Doing::Connect),
            hint: link.callback(Doing::Hint),
            look: link.callback(Doing::LookAt),
            select: link.callback(Doing::Select),
        }
    }
}

impl App {
    fn send(&mut self, octets: Vec<u8>) {
        let lines =
            String::from_utf8_lossy(&octets).lines().map(|line| format!("C: {line}\n")).collect::<String>();
        self.act(lines.trim_end(), |lab| lab.send(octets));
    }

    fn act(&mut self, what: &str, act: impl FnOnce(&mut Lab) -> Acted) {
        // Told before it is done, so that what breaks the engine is in the copy of the session as well.
        browser::tell_doing(what);
        let acted = act(&mut self.lab);
        self.hint = (acted == Acted::Forked).then_some(Hint::Forked);
        self.selected = None;
        self.keep_focus = true;
    }

    /// Lets what comments on the session follow it: Explain, the timeline, and the shell's copy.
    fn settle(&mut self) {
        self.settled = self.lab.view();
        self.tell_session();
    }

    /// Tells the shell the session as text, as far as it does not know it.
    fn tell_session(&mut self) {
        let view = self.lab.view();
        let (generation, told) = self.told;
        view.with(|trace| {
            // However far back one looks: the copy is of all that was done.
            let rows = trace.rows(view.end);
            // Of a fork's rows, the shell knows those from before it.
            let known = match generation == view.generation() {
                true => told,
                false => told.min(trace.rows(view.inherited()).len()),
            };
            let line = |row: &u32| match &trace.records()[*row as usize].event {
                Event::ClientLine { octets, .. } => format!("C: {}", String::from_utf8_lossy(octets)),
                Event::ServerLine { octets, .. } => format!("S: {}", String::from_utf8_lossy(octets)),
                Event::Note(note) => format!("= {}", note_text(self.words, note)),
                _ => String::new(),
            };
            browser::tell_session(known, rows[known..].iter().map(line).collect());
            self.told = (view.generation(), rows.len());
        });
    }

    fn dress(&self) {
        let title = self.words.say(id::PAGE_TITLE);
        browser::dress(self.words.language(), self.theme.name(), &title);
    }
}
