//! The page that lays the three roads side by side: one script, three lanes, one step at a time.
//!
//! | component       | decides                                             |
//! |-----------------|-----------------------------------------------------|
//! | `row`           | `cell` (what crosses the wire)                      |
//! | `telling_panel` | `telling` (what happens on each road)               |
//! | `editor`        | `written` (a text), `checked`, `explained`, `ready` |
//! | `terms`         | -                                                   |
//! | `tools`         | `link` (the address), `table` (the finished table)  |
//! | all             | `held` (a comparison), `said` (its words)           |

pub mod cell;
pub mod checked;
pub mod held;
pub mod link;
pub mod ready;
pub mod said;
pub mod table;
pub mod telling;

mod aside;
mod editor;
mod explained;
mod head;
mod lanes;
mod player;
mod readable;
mod row;
mod telling_panel;
mod terms;
mod tools;
mod totals;
pub mod written;

use super::app;
use super::browser;
use super::choices;
use super::pace::Speed;
use super::settings::Choice;
use super::theme::Theme;
use crate::i18n::{Id, Words, id};
use crate::policy::Road;
use crate::trace::Grain;
use crate::ui::parts::classed;
use crate::world::World;
use crate::world::comparison::{Plan, Running, Step};
use aside::Aside;
use gloo::timers::callback::Timeout;
use held::Held;
use lanes::Lanes;
use link::Asked;
use player::Player;
use tools::{Copy, tools};
use yew::prelude::*;

/// Properties of [`Compare`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the address asks for.
    pub asked: Asked,
    /// The words of the language that is chosen.
    pub words: Words,
    /// The theme that is chosen.
    pub theme: Theme,
    /// Whether the words of the other language could not be fetched.
    pub unfetched: bool,
    /// How fast it plays.
    pub speed: Speed,
    /// Told what is on the screen, so that it is found again, and what a person does beyond this page.
    pub on_do: Callback<app::Doing>,
}

/// What a person does, and what comes of it by itself.
pub enum Doing {
    /// Goes to a step.
    Go(usize),
    /// Goes to where a row is done.
    GoToRow(u32),
    /// Goes so many steps on, or back.
    By(isize),
    /// Goes so many rows on, or back.
    ByRows(i32),
    /// Goes on by itself from here, or stops.
    Play,
    /// Takes the next step by itself.
    Tick,
    /// Walks more or less finely.
    Grain(Grain),
    /// Plays faster or slower.
    Speed(Speed),
    /// Compares something else.
    Plan(Plan),
    /// Works on at what is to be compared.
    GoOn,
    /// Chooses the lane that a narrow page shows.
    Lane(usize),
    /// Opens the moment on screen in the lab.
    Enter(usize),
    /// Copies.
    Copy(Copy),
    /// It was copied, or could not be.
    Copied(bool),
    /// Prints.
    Print,
    /// The address follows what is on the screen.
    Address,
}

/// How many records each lane makes before the page gets to breathe.
const SLICE: usize = 2_000;

/// How long a person types on before the lanes are worked out anew, in milliseconds.
const REST: u32 = 250;

/// How long a step of each grain stands when it plays: long enough to be read.
const STAND: [(Grain, u32); 3] = [(Grain::Line, 1_200), (Grain::Packet, 700), (Grain::Phase, 2_400)];

/// The page.
pub struct Compare {
    /// What is asked for: the plan, the grain and the step.
    asked: Asked,
    held: Option<Held>,
    /// The lanes of a plan that is being worked out.
    running: Option<Running>,
    playing: Option<Timeout>,
    /// The lane that a narrow page shows.
    lane: usize,
    /// What became of the last copy.
    copied: Option<Id>,
    /// Whether a person steps by hand: then each step is read out.
    stepping: bool,
    /// The step that is in sight.
    shown: usize,
    /// Waits until a person has finished typing.
    typing: Option<Timeout>,
    /// Waits until a person has finished stepping.
    address: Option<Timeout>,
    on_do: Callback<Doing>,
}

impl Component for Compare {
    type Message = Doing;
    type Properties = Props;

    fn create(ctx: &Context<Compare>) -> Compare {
        let link = ctx.link();
        let mut compare = Compare {
            asked: ctx.props().asked.clone(),
            held: None,
            running: None,
            playing: None,
            lane: 0,
            copied: None,
            stepping: false,
            shown: 0,
            typing: None,
            address: None,
            on_do: link.callback(|doing| doing),
        };
        compare.begin();
        compare.work(ctx);
        compare
    }

    fn changed(&mut self, ctx: &Context<Compare>, before: &Props) -> bool {
        let asked = &ctx.props().asked;
        // What this page told itself is no news.
        if *asked != before.asked && *asked != self.asked {
            let other = asked.plan != self.asked.plan;
            self.asked = asked.clone();
            self.playing = None;
            if other {
                // A link says which step it means: where one was in something else does not matter.
                self.held = None;
                self.begin();
                self.work(ctx);
            }
            self.stay_within();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Compare>, doing: Doing) -> bool {
        match doing {
            Doing::Go(step) => self.go(step),
            Doing::GoToRow(row) => {
                let step = self.held.as_ref().map_or(0, |held| held.step_of_row(row, self.asked.grain));
                self.go(step);
            }
            Doing::By(steps) => self.go(self.asked.step.saturating_add_signed(steps)),
            Doing::ByRows(rows) => self.by_rows(rows),
            Doing::Play => self.play(),
            Doing::Tick => {
                self.asked.step += 1;
                self.stay_within();
            }
            Doing::Grain(grain) => self.walk_by(grain),
            Doing::Speed(speed) => ctx.props().on_do.emit(app::Doing::Choose(Choice::Speed(speed))),
            Doing::Plan(plan) => {
                self.playing = None;
                self.running = None;
                self.asked.plan = plan;
                self.typing = browser::after(REST, ctx.link().callback(|()| Doing::GoOn));
            }
            Doing::GoOn => {
                if self.typing.take().is_some() {
                    self.begin();
                }
                self.work(ctx);
            }
            Doing::Lane(lane) => self.lane = lane,
            Doing::Enter(lane) => self.enter(ctx, lane),
            Doing::Copy(what) => self.copy(ctx, what),
            Doing::Copied(done) => {
                self.copied = Some(if done { id::COMPARE_COPIED } else { id::COMPARE_NOT_COPIED })
            }
            Doing::Print => browser::print(),
            Doing::Address => {
                self.address = None;
                self.tell(ctx);
                return false;
            }
        }
        self.wait(ctx);
        true
    }

    fn rendered(&mut self, _: &Context<Compare>, _: bool) {
        if std::mem::replace(&mut self.shown, self.asked.step) != self.asked.step {
            browser::show_within(".compare-row.now");
        }
    }

    fn view(&self, ctx: &Context<Compare>) -> Html {
        let Props { words, theme, unfetched, on_do, .. } = ctx.props();
        let words = *words;
        html! {
            <div class="page compare-page">
                <header class="head">
                    { choices::title(words) }
                    { choices::nav(true, link::address(&self.asked).into(), words) }
                    { classed("p", "said compare-lead", words.say(id::COMPARE_LEAD)) }
                    { tools(&self.on_do, self.copied, words) }
                    { choices::choices(*theme, *unfetched, on_do, words) }
                </header>
                <main class="compare" data-shown={Road::ALL[self.lane].name()} aria-busy={(self.running.is_some() || self.typing.is_some()).to_string()}>
                    { self.aside() }
                    { self.held.as_ref().map_or_else(|| classed("p", "empty", words.say(id::COMPARE_COMPUTING)), |held| html! {
                        <Lanes held={held.clone()} step={self.step(held)} shown={self.lane} on_do={self.on_do.clone()} />
                    }) }
                </main>
                { self.held.as_ref().map(|held| self.player(ctx, held, words)) }
            </div>
        }
    }
}

impl Compare {
    /// Begins to work out what is asked for.
    fn begin(&mut self) {
        self.running = Some(Running::new(self.asked.plan.clone()));
    }

    /// Works on, for as long as nobody notices.
    fn work(&mut self, ctx: &Context<Compare>) {
        let Some(mut running) = self.running.take() else { return };
        if running.go_on(SLICE) {
            self.running = Some(running);
            browser::after_paint(ctx.link().callback(|()| Doing::GoOn));
            return;
        }
        let row = self.held.as_ref().map(|held| (held.rows().len() as u32, self.step(held).row));
        let held = Held::new(running.finish());
        // Whoever edits a script stays where they were in it.
        if let Some((_, row)) = row.filter(|_| self.asked.step > 0) {
            self.asked.step = held.step_of_row(row.min(held.rows().len() as u32 - 1), self.asked.grain);
        }
        self.held = Some(held);
        self.stay_within();
    }

    fn step(&self, held: &Held) -> Step {
        held.steps(self.asked.grain).get(self.asked.step).copied().unwrap_or_default()
    }

    fn last(&self) -> usize {
        self.held.as_ref().map_or(usize::MAX, |held| held.steps(self.asked.grain).len() - 1)
    }

    fn go(&mut self, step: usize) {
        self.playing = None;
        self.stepping = true;
        self.asked.step = step;
        self.stay_within();
    }

    fn by_rows(&mut self, rows: i32) {
        let Some(held) = &self.held else { return };
        let row = self.step(held).row;
        // From the beginning on, the first row is the next one.
        let row = if self.asked.step == 0 && rows > 0 { Some(0) } else { row.checked_add_signed(rows) };
        let step = row.map_or(0, |row| held.step_of_row(row, self.asked.grain));
        self.go(step);
    }

    fn stay_within(&mut self) {
        self.asked.step = self.asked.step.min(self.last());
    }

    fn walk_by(&mut self, grain: Grain) {
        if let Some(held) = &self.held {
            self.asked.step = held.nearest(&self.step(held), grain);
        }
        self.asked.grain = grain;
    }

    fn play(&mut self) {
        if self.playing.take().is_some() {
            return;
        }
        self.stepping = false;
        if self.asked.step >= self.last() {
            self.asked.step = 0;
        }
        self.playing = browser::after(0, Callback::noop());
    }

    /// Makes sure that what goes on by itself goes on, and that the address follows.
    fn wait(&mut self, ctx: &Context<Compare>) {
        if self.playing.is_some() {
            let stands =
                STAND.iter().find(|(grain, _)| *grain == self.asked.grain).map_or(0, |(_, stands)| *stands);
            self.playing = match self.asked.step < self.last() {
                true => browser::after(ctx.props().speed.of(stands), ctx.link().callback(|()| Doing::Tick)),
                false => None,
            };
        }
        if self.playing.is_none() && self.typing.is_none() {
            self.address = browser::after(REST, ctx.link().callback(|()| Doing::Address));
        }
    }

    /// Tells the address and the whole page what is on the screen. A script that is too long for an address is kept by
    /// the page alone.
    fn tell(&self, ctx: &Context<Compare>) {
        browser::set_address(&link::address(&self.asked));
        ctx.props().on_do.emit(app::Doing::Compared(self.asked.clone()));
    }

    fn enter(&mut self, ctx: &Context<Compare>, lane: usize) {
        let Some(held) = &self.held else { return };
        let at = self.step(held).at[lane] as usize;
        let lane = &held.lanes()[lane].world;
        let world = World::replay(lane.setup().clone(), lane.journal(), lane.now());
        self.tell(ctx);
        ctx.props().on_do.emit(app::Doing::Enter(Box::new(world), at));
    }

    fn copy(&mut self, ctx: &Context<Compare>, what: Copy) {
        let text = match (what, &self.held) {
            (Copy::Link, _) if !self.asked.fits() => {
                self.copied = Some(id::COMPARE_TOO_LONG);
                return;
            }
            (Copy::Link, _) => browser::address_of(&link::write(&self.asked)),
            (Copy::Table(form), Some(held)) => table::table(held, ctx.props().words, form),
            _ => return,
        };
        self.copied = None;
        browser::copy(&text, ctx.link().callback(Doing::Copied));
    }

    fn aside(&self) -> Html {
        let shown = self.held.as_ref();
        let shown = shown.map(|held| (held.clone(), self.step(held), self.asked.step == self.last()));
        html! { <Aside {shown} plan={self.asked.plan.clone()} on_plan={self.on_do.reform(Doing::Plan)} /> }
    }

    fn player(&self, ctx: &Context<Compare>, held: &Held, words: Words) -> Html {
        let step = self.step(held);
        let begun = self.asked.step > 0;
        let told = if begun { telling::narration(held, &step, words) } else { words.say(id::COMPARE_READY) };
        html! {
            <Player
                grain={self.asked.grain}
                step={self.asked.step}
                last={self.last()}
                row={(if begun { step.row as usize + 1 } else { 0 }, held.rows().len())}
                playing={self.playing.is_some()}
                speed={ctx.props().speed}
                {told}
                stepping={self.stepping}
                on_do={self.on_do.clone()}
            />
        }
    }
}
