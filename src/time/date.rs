//! Dates of the Gregorian calendar and the seconds since 1970 that count them (UTC, no leap seconds).
//! A date is given or read from octets; nothing here asks what day it is.

use std::fmt;

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// A second of the calendar, in UTC. Shown as `2026-03-14 15:09:26 UTC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, 0 to 9999: what four digits can write.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
}

/// 0000-01-01 00:00:00 and 9999-12-31 23:59:59, in seconds since 1970.
const WRITABLE: (i64, i64) = (-62_167_219_200, 253_402_300_799);

impl Date {
    /// The date so many seconds after 1970 began. What four digits of a year cannot write becomes the
    /// first or the last second that they can.
    pub fn from_unix(seconds: i64) -> Date {
        let seconds = seconds.clamp(WRITABLE.0, WRITABLE.1);
        // Days since the first of March of the year 0: leap days then stand at the end of a year.
        let (days, rest) = (seconds.div_euclid(DAY) + 719_468, seconds.rem_euclid(DAY));
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Date {
            year: (400 * era + year_of_era + i64::from(month <= 2)) as u16,
            month: month as u8,
            day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8,
            hour: (rest / 3600) as u8,
            minute: (rest / 60 % 60) as u8,
            second: (rest % 60) as u8,
        }
    }

    /// Seconds since 1970 began; `None` if the calendar has no such day or the day no such second.
    pub fn to_unix(self) -> Option<i64> {
        let Date { year, month, day, hour, minute, second } = self;
        let sound = (1..=12).contains(&month) && day >= 1 && hour < 24 && minute < 60 && second < 60;
        let (month, year) = (i64::from(month), i64::from(year) - i64::from(month <= 2));
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = 146_097 * era + day_of_era - 719_468;
        let seconds = DAY * days + 3600 * i64::from(hour) + 60 * i64::from(minute) + i64::from(second);
        // The 31st of June is counted as the first of July: such a day does not come back.
        (sound && Date::from_unix(seconds) == self).then_some(seconds)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn well_known_seconds_have_their_dates() {
        for (seconds, date) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_000_000_000, "2001-09-09 01:46:40 UTC"),
            (-1, "1969-12-31 23:59:59 UTC"),
            (2_524_608_000, "2050-01-01 00:00:00 UTC"),
            (i64::MIN, "0000-01-01 00:00:00 UTC"),
            (i64::MAX, "9999-12-31 23:59:59 UTC"),
        ] {
            assert_eq!(Date::from_unix(seconds).to_string(), date);
        }
    }

    #[test]
    fn every_day_of_ten_thousand_years_comes_back_and_follows_the_one_before() {
        let mut before = None;
        for day in (WRITABLE.0 / DAY)..=(WRITABLE.1.div_euclid(DAY)) {
            let date = Date::from_unix(day * DAY);
            assert_eq!(date.to_unix(), Some(day * DAY));
            assert!(before.replace(date) < Some(date));
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_none() {
        let date = Date { year: 2100, month: 2, day: 28, hour: 0, minute: 0, second: 0 };
        assert_eq!(date.to_unix(), Some(4_107_456_000));
        for wrong in [
            Date { day: 29, ..date },
            Date { day: 0, ..date },
            Date { month: 0, ..date },
            Date { month: 13, ..date },
            Date { month: 6, day: 31, ..date },
            Date { hour: 24, ..date },
            Date { second: 60, ..date },
        ] {
            assert_eq!(wrong.to_unix(), None, "{wrong}");
        }
    }
}
