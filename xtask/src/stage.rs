//! Named stages: each is announced, timed, and listed once more at the end.

use std::time::{Duration, Instant};

use crate::Result;

#[derive(Default)]
pub struct Stages {
    done: Vec<Stage>,
}

struct Stage {
    name: String,
    time: Duration,
    remark: String,
}

impl Stages {
    /// Runs one stage. A stage that fails is not listed; its sentence names it.
    pub fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n── {name}");
        let started = Instant::now();
        let outcome = work();
        let time = started.elapsed();
        let how = if outcome.is_ok() { "done" } else { "failed" };
        println!("── {name}: {how} in {}", seconds(time));
        let value = outcome?;
        self.done.push(Stage { name: name.into(), time, remark: String::new() });
        Ok(value)
    }

    /// Puts a few words beside the stage that ran last.
    pub fn remark(&mut self, words: String) {
        if let Some(stage) = self.done.last_mut() {
            stage.remark = words;
        }
    }

    pub fn passed(&self) -> usize {
        self.done.len()
    }

    /// The table of everything that was done.
    pub fn summary(&self) {
        println!();
        for Stage { name, time, remark } in &self.done {
            println!("  {name:<14} {:>9}  {remark}", seconds(*time));
        }
        let total = self.done.iter().map(|stage| stage.time).sum();
        println!("  {:<14} {:>9}", "together", seconds(total));
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
