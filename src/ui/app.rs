//! The page as a whole: it holds the lab and the settings, and hands each panel the moment on screen.

use super::browser;
use super::header::Header;
use super::lab::{Acted, Lab};
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
    /// Is told something by the prompt, or dismisses it.
    Hint(Option<Hint>),
    /// Chooses a language.
    Speak(Language),
    /// Chooses the next theme.
    ChangeTheme,
    /// Lets the engine panic, to see that the page survives it: the fire drill.
    Drill,
}

/// The page.
pub struct App {
    lab: Lab,
    words: Words,
    theme: Theme,
    hint: Option<Hint>,
    /// What stood in the shell's prompt when the engine arrived.
    early_text: String,
    /// How many rows of which world the shell has been told.
    journalled: (u32, usize),
    _drill: Option<gloo::events::EventListener>,
}

impl Component for App {
    type Message = Doing;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let language = browser::recall("language").and_then(|tag| Language::from_tag(&tag));
        let language = language.unwrap_or_else(browser::preferred_language);
        let theme = browser::recall("theme");
        let theme = Theme::ALL.into_iter().find(|held| theme.as_deref() == Some(held.name()));
        let (lines, early_text) = browser::typed_early();
        let drill = browser::on_event("pop3lab:drill", ctx.link().callback(|()| Doing::Drill));
        let mut app = App {
            lab: Lab::default(),
            words: Words::new(language),
            theme: theme.unwrap_or(Theme::System),
            hint: None,
            early_text,
            journalled: (0, 0),
            _drill: drill,
        };
        app.dress();
        app.journal();
        for line in lines {
            app.send(super::typing::line(&line));
        }
        app
    }

    fn update(&mut self, _: &Context<App>, doing: Doing) -> bool {
        match doing {
            Doing::Send(octets) => self.send(octets),
            Doing::Connect => self.act("connect", Lab::connect),
            Doing::Disconnect => self.act("disconnect", Lab::disconnect),
            Doing::DropLine => self.act("drop the line", Lab::drop_line),
            Doing::StartOver => {
                browser::journal("= start over");
                self.lab.start_over();
                self.hint = None;
                self.journal();
            }
            Doing::LookAt(position) => {
                self.lab.look_at(position);
                self.hint = None;
            }
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
        true
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let view = self.lab.view();
        let link = ctx.link();
        let send = link.callback(|line: String| Doing::Send(super::typing::line(&line)));
        html! {
            <ContextProvider<Words> context={self.words}>
                <div class="page" data-past={view.is_past().to_string()}>
                    <Header view={view.clone()} theme={self.theme} on_do={link.callback(|doing| doing)} />
                    <main>
                        <section class="panel terminal-panel" aria-labelledby="terminal-title">
                            <h2 id="terminal-title">{ self.words.say(id::TERMINAL_TITLE) }</h2>
                            <Terminal view={view.clone()} />
                            <Prompt
                                view={view.clone()}
                                hint={self.hint.clone()}
                                early_text={self.early_text.clone()}
                                on_send={link.callback(Doing::Send)}
                                on_hint={link.callback(Doing::Hint)}
                            />
                        </section>
                        <State view={view.clone()} on_move={send} on_connect={link.callback(|()| Doing::Connect)} />
                        <Mailbox view={view.clone()} />
                    </main>
                    <Timeline {view} on_look={link.callback(Doing::LookAt)} />
                </div>
            </ContextProvider<Words>>
        }
    }
}

impl App {
    fn send(&mut self, octets: Vec<u8>) {
        // Told before it is done, so that a line that breaks the engine is in the copy as well.
        for line in octets.split_inclusive(|octet| *octet == b'\n') {
            browser::journal(&format!("C: {}", String::from_utf8_lossy(line).trim_end()));
        }
        let acted = self.lab.send(octets);
        self.acted(acted);
    }

    fn act(&mut self, what: &str, act: fn(&mut Lab) -> Acted) {
        browser::journal(&format!("= {what}"));
        let acted = act(&mut self.lab);
        self.acted(acted);
    }

    fn acted(&mut self, acted: Acted) {
        self.hint = (acted == Acted::Forked).then_some(Hint::Forked);
        self.journal();
    }

    /// Tells the shell what was answered since the last time.
    fn journal(&mut self) {
        let view = self.lab.view();
        let (generation, told) = self.journalled;
        let told = if generation == view.generation() { told } else { 0 };
        view.with(|trace| {
            let rows = trace.rows(view.position);
            if told == 0 && generation != view.generation() {
                browser::journal("= from an earlier moment:");
            }
            for row in &rows[told.min(rows.len())..] {
                match &trace.records()[*row as usize].event {
                    Event::ServerLine { octets, .. } => {
                        browser::journal(&format!("S: {}", String::from_utf8_lossy(octets)));
                    }
                    Event::Note(note) => browser::journal(&format!("= {}", note_text(self.words, note))),
                    _ => {}
                }
            }
            self.journalled = (view.generation(), rows.len());
        });
    }

    fn dress(&self) {
        let title = self.words.say(id::PAGE_TITLE);
        browser::dress(self.words.language(), self.theme.name(), &title);
    }
}
