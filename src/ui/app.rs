//! The page as a whole: it holds the lab and the settings, and hands each panel the moment on screen.

use super::browser::{self, Early};
use super::callbacks::{self, Callbacks};
use super::compare::Compare;
use super::compare::link::{self, Asked as Compared};
pub use super::doing::Doing;
use super::doubts::Doubts;
use super::explain::Explain;
use super::header::Header;
use super::lab::{Acted, Lab, PORT};
use super::prompt::{Hint, Prompt};
use super::replay;
use super::route::{self, Asked, Page};
use super::rows::sheets_at;
use super::settings::Settings;
use super::shell::Shell;
use super::state::State;
use super::tabs::{Bottom, Tab, tabs};
use super::terminal::Terminal;
use super::timeline::Timeline;
use super::view::View;
use super::walk::Walk;
use super::wish::Wish;
use crate::i18n::Words;
use crate::policy::{Policy, Road};
use crate::recording::Recording;
use crate::trace::{Connection, Grain};
use crate::world::Setup;
use yew::prelude::*;

/// From this width on, terminal and machines stand side by side.
const WIDE: &str = "(min-width: 1100px)";

/// How many packets the one in the middle reads before the page gets to breathe.
const PACKETS: usize = 1_000;

/// The page.
pub struct App {
    lab: Lab,
    /// The moment that the machines, Explain, the wire and the timeline show. After a command the answer is painted first,
    /// and they follow with the next frame.
    settled: View,
    /// Whether that is waited for.
    settling: bool,
    /// What is moving by itself.
    walk: Option<Walk>,
    settings: Settings,
    grain: Grain,
    tab: Tab,
    /// The frame that a person came to the wire for.
    opened: Option<u32>,
    wide: bool,
    hint: Option<Hint>,
    /// Whether a person walks through the session: then each step is read out.
    stepping: bool,
    /// What is asked and shown about certificates.
    doubts: Doubts,
    /// The row of the terminal that a person selected.
    selected: Option<u32>,
    /// What stood in the shell's prompt when the engine arrived.
    early_text: String,
    /// Whether it had the focus.
    early_focus: bool,
    /// What the shell has been told.
    shell: Shell,
    /// Something was done: if the button for it is gone, the prompt takes the focus.
    keep_focus: bool,
    /// Whether the roads are compared instead, and what of them is or was on the screen.
    comparing: bool,
    compared: Compared,
    on: Callbacks,
    /// The recording that is being played.
    replayed: Option<Recording>,
    _listeners: [Option<gloo::events::EventListener>; 6],
}

impl Component for App {
    type Message = Doing;
    type Properties = Early;

    fn create(ctx: &Context<App>) -> App {
        let link = ctx.link();
        let lab = Lab::default();
        let mut app = App {
            settled: lab.view(),
            settling: false,
            lab,
            walk: None,
            settings: Settings::restored(),
            grain: Grain::default(),
            tab: Tab::Wire,
            opened: None,
            wide: browser::is_wide(WIDE),
            hint: None,
            stepping: false,
            doubts: Doubts::default(),
            selected: None,
            early_text: ctx.props().text.clone(),
            early_focus: ctx.props().focused,
            shell: Shell::default(),
            keep_focus: false,
            comparing: false,
            compared: Compared::default(),
            on: Callbacks::new(ctx),
            replayed: None,
            _listeners: [
                browser::on_event("pop3lab:drill", link.callback(|()| Doing::Drill)),
                browser::on_event("pop3lab:handshake", callbacks::bare_handshakes()),
                browser::on_event("pop3lab:comparison", callbacks::comparisons()),
                browser::on_event("hashchange", link.callback(|()| Doing::Go)),
                browser::on_event("pop3lab:fetched", link.callback(|()| Doing::Fetched)),
                browser::on_media(WIDE, link.callback(Doing::Widen)),
            ],
        };
        app.settings.dress();
        browser::later(link.callback(|()| Doing::Prepare));
        app.go(false);
        for line in &ctx.props().lines {
            app.act(vec![Wish::line(line)]);
        }
        app.settle();
        if app.lab.is_running() {
            link.send_message(Doing::GoOn);
        }
        app
    }

    fn update(&mut self, ctx: &Context<App>, doing: Doing) -> bool {
        let before = self.lab.view();
        let moves = match doing {
            Doing::Act(wish) => self.act(vec![wish]),
            Doing::Take(wishes) => self.act(wishes),
            Doing::StartOver => {
                // The demonstration again, whatever a scene had made of the link and the accounts.
                let setup = Setup::with_seed(self.lab.setup().seed);
                self.begin("= start over", setup, vec![Wish::connect()])
            }
            Doing::Reseed(seed) => {
                self.begin("= roll the dice", self.lab.setup().reseeded(seed), vec![Wish::connect()])
            }
            Doing::Rename(host) => {
                self.begin("= rename the server", self.lab.setup().renamed(host), vec![Wish::connect()])
            }
            Doing::Stage(piece) => {
                self.begin(piece.name, piece.setup(self.lab.setup().seed), piece.wishes());
                self.hint = Some(Hint::Staged(piece.tells));
                true
            }
            Doing::Enter(world, position) => {
                browser::tell_doing("= from the comparison");
                self.lab.enter(*world, position);
                // That the address has changed shows the lab, as it is now.
                browser::go_to("#/lab");
                self.leap(|_| ())
            }
            Doing::Replay(chosen) => match replay::read(chosen) {
                Ok(mut recording) => {
                    browser::tell_doing("= a recording");
                    self.lab.play(&mut recording);
                    self.did();
                    self.replayed = Some(recording);
                    true
                }
                Err(told) => {
                    self.hint = Some(Hint::Recording(told));
                    false
                }
            },
            Doing::Undo => self.leap(Lab::undo),
            Doing::Redo => self.leap(Lab::redo),
            Doing::GoOn => {
                self.lab.go_on();
                true
            }
            Doing::Go => self.go(true),
            Doing::Typed if self.walk.is_none() => return false,
            doing => {
                self.look(doing);
                false
            }
        };
        if moves {
            self.show(&before);
        }
        if !self.lab.is_running()
            && let Some(recording) = self.replayed.take()
        {
            self.hint = Some(Hint::Recording(replay::played(&recording, &self.lab)));
        }
        self.wait(ctx);
        true
    }

    fn rendered(&mut self, _: &Context<App>, _: bool) {
        if self.keep_focus {
            browser::keep_focus();
            // The buttons of the machines go with the next frame.
            self.keep_focus = self.settling;
        }
    }

    fn view(&self, _: &Context<App>) -> Html {
        let view = self.lab.view();
        let shown = view.shown();
        let open = shown.connection().is_some_and(|connection| connection.is_open());
        let rested = self.settled.with(|trace| sheets_at(trace, self.settled.position));
        let on = &self.on;
        let explain = html! {
            <Explain view={self.settled.clone()} selected={self.selected} on_move={on.send_line.clone()} />
        };
        let state = html! {
            <State shown={self.settled.shown()} on_move={on.send_line.clone()} on_connect={on.connect.clone()} />
        };
        if self.comparing {
            let Settings { words, theme, speed, unfetched, .. } = self.settings;
            return html! {
                <ContextProvider<Words> context={self.settings.words}>
                    <Compare asked={self.compared.clone()} {words} {theme} {speed} {unfetched} on_do={on.doing.clone()} />
                </ContextProvider<Words>>
            };
        }
        html! {
            <ContextProvider<Words> context={self.settings.words}>
                <div class="page" data-past={view.is_past().to_string()}>
                    <Header
                        {open}
                        road={shown.connection().and_then(Connection::road)}
                        port={shown.connection().map_or(PORT, |held| held.to.1)}
                        policy={shown.policy}
                        host={view.host()}
                        theme={self.settings.theme}
                        unfetched={self.settings.unfetched}
                        compare={link::address(&self.compared)}
                        on_do={on.doing.clone()}
                    />
                    <main>
                        <div class="column">
                            <section class="panel terminal-panel" aria-labelledby="terminal-title">
                                <Terminal view={view.clone()} {rested} selected={self.selected} on_select={on.select.clone()} on_certificate={on.certificate.clone()} on_file={on.file.clone()} />
                                <Prompt
                                    view={view.clone()}
                                    hint={self.hint.clone()}
                                    early_text={self.early_text.clone()}
                                    early_focus={self.early_focus}
                                    on_send={on.send.clone()}
                                    on_hint={on.hint.clone()}
                                    on_key={on.typed.clone()}
                                />
                            </section>
                            if self.wide { { explain.clone() } }
                        </div>
                        <div class="column">
                            if self.wide { { state.clone() } }
                            { tabs(Bottom {
                                tab: self.tab,
                                wide: self.wide,
                                opened: self.opened,
                                stepping: self.stepping && !self.walk.as_ref().is_some_and(Walk::is_playing),
                                wire: self.walk.as_ref().and_then(|walk| walk.wire(&self.settled)),
                                view: view.clone(),
                                settled: self.settled.clone(),
                                pace: self.settings.pace,
                                speed: self.settings.speed,
                                explain,
                                state,
                                on_do: on.doing.clone(),
                            }, self.settings.words) }
                        </div>
                    </main>
                    <Timeline
                        view={self.settled.clone()}
                        grain={self.grain}
                        stepping={self.stepping}
                        playing={self.walk.as_ref().is_some_and(Walk::is_playing)}
                        can_undo={self.lab.can_undo()}
                        can_redo={self.lab.can_redo()}
                        on_do={on.doing.clone()}
                    />
                    { self.doubts.over(&self.settled, &on.doing) }
                </div>
            </ContextProvider<Words>>
        }
    }
}

impl App {
    fn act(&mut self, wishes: Vec<Wish>) -> bool {
        // Told before it is done, so that what breaks the engine is in the copy of the session as well.
        wishes.iter().for_each(|wish| browser::tell_doing(&wish.told()));
        self.look(Doing::Typed);
        let acted = self.lab.act(wishes);
        self.hint = (acted == Acted::Forked).then_some(Hint::Forked);
        self.did()
    }

    fn begin(&mut self, what: &str, setup: Setup, wishes: Vec<Wish>) -> bool {
        browser::tell_doing(what);
        self.lab.begin(setup, wishes);
        self.hint = None;
        self.did()
    }

    fn leap(&mut self, how: fn(&mut Lab)) -> bool {
        how(&mut self.lab);
        self.hint = None;
        self.walk = None;
        self.did();
        false
    }

    fn did(&mut self) -> bool {
        self.stepping = false;
        self.selected = None;
        self.replayed = None;
        self.keep_focus = true;
        true
    }

    /// Does what the address asks for. True if it asks for something.
    fn go(&mut self, again: bool) -> bool {
        let came = std::mem::take(&mut self.comparing);
        let asked = match route::read(&browser::hash()) {
            Ok(Page::Lab(asked)) => asked,
            Ok(Page::Compare(asked)) => {
                self.comparing = true;
                // What is too long for an address is not lost for it.
                if self.compared.fits() || asked != Compared::default() {
                    self.compared = asked;
                }
                return false;
            }
            Err(trouble) => {
                self.hint = Some(Hint::BadLink(trouble));
                return false;
            }
        };
        // Back from the comparison, the lab is as it was left.
        if asked == Asked::default() && (!again || came) {
            return false;
        }
        let mut setup = Setup::default();
        let road = asked.road.unwrap_or(Road::Clear);
        setup.policy = Policy {
            security: road.security(),
            offers: asked.offers,
            asks: asked.shows.is_some(),
            shows: asked.shows.unwrap_or_default(),
            ..setup.policy
        };
        let lines = asked.lines.iter().map(|line| Wish::line(line));
        self.begin("= a link", setup, [Wish::connect_to(road.port())].into_iter().chain(lines).collect())
    }

    /// Changes what is looked at, and nothing of the world.
    fn look(&mut self, doing: Doing) {
        match doing {
            Doing::LookAt(position) => {
                self.walk = None;
                self.look_at(position);
            }
            Doing::Play => self.walk = Walk::play(self.walk.take(), &mut self.lab, self.grain),
            Doing::Walk => {
                let stays = self.walk.as_mut().is_some_and(|walk| walk.step(&mut self.lab));
                if !stays {
                    self.walk = None;
                }
            }
            Doing::Typed => {
                let watched = self.walk.take().is_some_and(|walk| walk.is_watching());
                self.lab.look_at(if watched { usize::MAX } else { self.lab.view().position });
            }
            Doing::ChooseGrain(grain) => self.grain = grain,
            Doing::Choose(choice) => self.settings.choose(choice),
            Doing::Fetched => self.settings.fetched(),
            Doing::Select(row) => self.selected = Some(row),
            Doing::Certificate(look) => {
                self.doubts.look(look, &self.settled);
                self.keep_focus = true;
            }
            Doing::Hint(hint) => self.hint = hint,
            Doing::ShowTab(tab) => self.show_tab(tab, None),
            Doing::ShowFrame(frame) => self.show_tab(Tab::Wire, Some(frame)),
            Doing::Widen(wide) => self.wide = wide,
            Doing::Painted => self.settle(),
            Doing::Prepare => self.lab.prepare(),
            Doing::Compared(asked) => self.compared = asked,
            Doing::Drill => panic!("this is a drill: the engine was asked to panic"),
            _ => {}
        }
    }

    fn look_at(&mut self, position: usize) {
        self.lab.look_at(position);
        self.settle();
        self.stepping = true;
        self.selected = None;
        self.hint = None;
    }

    fn show_tab(&mut self, tab: Tab, opened: Option<u32>) {
        self.tab = tab;
        self.opened = opened;
        self.overhear();
    }

    /// Lets the one in the middle read on, a slice at a time, as far as somebody looks over their shoulder.
    fn overhear(&mut self) {
        if self.tab == Tab::Ledger {
            self.settled.overhear(PACKETS);
        }
    }

    /// Lets the panels, or the wire alone, walk through what has happened since `before`.
    fn show(&mut self, before: &View) {
        if self.walk.is_none() {
            let view = self.lab.view();
            let same = view.generation() == before.generation();
            let from = if same { before.end } else { view.inherited() };
            self.walk = Walk::after(&mut self.lab, from, self.settings.pace, self.tab.is_wire(self.wide));
        }
    }

    /// Makes sure that what goes on by itself goes on.
    fn wait(&mut self, ctx: &Context<App>) {
        let link = ctx.link();
        let (read, sent) = self.settled.overheard();
        let behind = self.settled != self.lab.view();
        if (behind || self.tab == Tab::Ledger && read < sent) && !self.settling {
            self.settling = true;
            browser::after_paint(link.callback(|()| Doing::Painted));
        }
        if self.lab.is_running() {
            browser::after_paint(link.callback(|()| Doing::GoOn));
        }
        let (lab, speed) = (&self.lab, self.settings.speed);
        // The wire sets out when the answer is there: its first card must not be what the answer waits for.
        if let Some(walk) = self.walk.as_mut().filter(|walk| walk.is_playing() || !behind) {
            walk.wait(lab, speed, link.callback(|()| Doing::Walk));
        }
    }

    /// Lets what comments on the session follow it: the machines, Explain, the timeline, and the shell's copy.
    fn settle(&mut self) {
        self.settling = false;
        self.settled = self.lab.view();
        self.overhear();
        self.shell.tell(&self.lab.view(), self.settings.words);
    }
}
