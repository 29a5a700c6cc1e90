//! Many at once, for long: no mail is lost, nothing panics, memory stays what it was, and nobody waits.

use super::load::{Person, VISITS};
use super::mail::{eml, folder};
use super::program::{Program, text};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// What came of it.
struct Outcome {
    visits: Vec<u64>,
    longest: Duration,
    answers: u64,
    fetched: u64,
    deleted: u64,
    /// Octets of memory, each second.
    resident: Vec<u64>,
}

/// So many people, for so long.
fn load(people: usize, span: Duration) -> Outcome {
    const MAIL: usize = 5;
    let names: Vec<String> = (0..people).map(|number| format!("user{number}")).collect();
    let root = folder(names.iter().map(String::as_str));
    names.iter().for_each(|name| eml(&root, name, MAIL));
    let program = Program::start(&["--mail", text(&root), "--write", "--idle", "60", "--quiet"]);
    let outcome = Outcome {
        visits: vec![0; VISITS.len()],
        longest: Duration::ZERO,
        answers: 0,
        fetched: 0,
        deleted: 0,
        resident: vec![],
    };
    let total = Mutex::new(outcome);
    let end = Instant::now() + span;
    thread::scope(|scope| {
        for (number, name) in names.iter().enumerate() {
            let (program, root, total) = (&program, &root, &total);
            scope.spawn(move || {
                let mut person = Person::new(program, root, name, MAIL, number as u64 + 1);
                let mut visits = vec![0; VISITS.len()];
                while Instant::now() < end {
                    let visit = person.draw(VISITS.len());
                    (VISITS[visit].1)(&mut person).unwrap_or_else(|why| panic!("{}: {why}", VISITS[visit].0));
                    visits[visit] += 1;
                    person.gets_mail();
                }
                // All that was marked and not said to be gone is there again.
                while person.finds_everything().is_err() && Instant::now() < end + Duration::from_secs(5) {
                    thread::sleep(Duration::from_millis(100));
                }
                person.finds_everything().unwrap();
                let mut total = total.lock().unwrap();
                total.visits.iter_mut().zip(visits).for_each(|(all, own)| *all += own);
                total.longest = total.longest.max(person.longest);
                total.answers += person.answers;
                total.fetched += person.fetched;
                total.deleted += person.deleted;
            });
        }
        while Instant::now() < end {
            thread::sleep(Duration::from_secs(1));
            total.lock().unwrap().resident.push(program.resident());
        }
    });
    assert!(program.stops() < Duration::from_secs(2));
    assert!(!program.log().contains("panicked"), "{}", program.log());
    total.into_inner().unwrap()
}

/// The slope of a straight line through values that are one step apart, and the half width of its 95 %
/// confidence interval. Seconds depend on those before them, so whoever asks gives means over longer spans.
fn slope(values: &[f64]) -> (f64, f64) {
    // Student's t for 0.975 and so many degrees of freedom, from 1; with more it is hardly above 2.
    const T: [f64; 10] = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
    let count = values.len() as f64;
    let (middle, mean) = ((count - 1.0) / 2.0, values.iter().sum::<f64>() / count);
    let at = |index: usize| index as f64 - middle;
    let width: f64 = (0..values.len()).map(|index| at(index).powi(2)).sum();
    let slope = (0..).zip(values).map(|(index, value)| at(index) * (value - mean)).sum::<f64>() / width;
    let rest = |(index, value): (usize, &f64)| (value - mean - slope * at(index)).powi(2);
    let variance = (0..).zip(values).map(rest).sum::<f64>() / (count - 2.0);
    let t = T.get(values.len().saturating_sub(3)).copied().unwrap_or(2.2);
    (slope, t * (variance / width).sqrt())
}

#[test]
fn the_slope_of_a_line_is_found_with_its_confidence() {
    let (found, doubt) = slope(&[1.0, 3.0, 5.0, 7.0]);
    assert!((found - 2.0).abs() < 1e-9 && doubt < 1e-9, "{found} ± {doubt}");
    // 0.2 ± 3.18 · sqrt(0.4 / 10), by hand.
    let (found, doubt) = slope(&[0.0, 1.0, 0.0, 1.0, 1.0]);
    assert!((found - 0.2).abs() < 1e-9 && (doubt - 3.18 * (0.8_f64 / 3.0 / 10.0).sqrt()).abs() < 1e-9);
}

#[cfg(target_os = "linux")]
#[test]
fn thirty_people_at_once_lose_no_mail() {
    let outcome = load(30, Duration::from_secs(4));
    assert!(outcome.fetched > 0 && outcome.deleted > 0);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "long: cargo xtask soak serve --minutes N"]
fn soak_of_serve_with_two_hundred_sessions() {
    let minutes = std::env::var("POP3LAB_MINUTES").ok().and_then(|it| it.parse().ok()).unwrap_or(1_u64);
    let outcome = load(200, Duration::from_secs(60 * minutes));
    for ((visit, _), count) in VISITS.iter().zip(&outcome.visits) {
        println!("{count:>8} visits: {visit}");
    }
    println!("{} messages fetched, {} deleted, none lost, none wrong", outcome.fetched, outcome.deleted);
    println!("{} answers, the slowest after {:.0?}", outcome.answers, outcome.longest);

    // Threads and their stores of memory come into being in the first fifth.
    let settled = &outcome.resident[outcome.resident.len() / 5..];
    let span = settled.len() / 16;
    let means: Vec<f64> = settled
        .chunks_exact(span.max(1))
        .map(|chunk| chunk.iter().sum::<u64>() as f64 / chunk.len() as f64 / 1024.0)
        .collect();
    let (each, doubt) = slope(&means);
    let per_minute = 60.0 / span.max(1) as f64;
    let (each, doubt) = (each * per_minute, doubt * per_minute);
    println!(
        "resident memory, means over {span} s in KiB: {}",
        means.iter().map(|it| format!("{it:.0} ")).collect::<String>()
    );
    println!("slope {each:.1} KiB a minute, 95 % confidence ±{doubt:.1}");
    assert!(outcome.longest < Duration::from_secs(1), "somebody waited {:?}", outcome.longest);
    // Flat: that it grows is in doubt, or it is less than a thousandth a minute.
    assert!(each - doubt <= 0.0 || each < means[0] / 1000.0, "memory grows");
}
