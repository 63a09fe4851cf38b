//! A moment, to the second, in UTC: as `xsd:dateTime` has it, and as HTTP does.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: u64 = 86_400;

/// A moment from 1970 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    /// This one.
    pub fn now() -> Self {
        Self(since_epoch().as_secs())
    }

    /// A day (`2026-11-29`, from its beginning) or a moment of it (`2026-11-29T16:00:00Z`), in UTC.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
        let [year, month, day] = numbers(day, '-', [4, 2, 2])?;
        let [hour, minute, second] = match time {
            Some(time) => numbers(time.strip_suffix('Z')?, ':', [2, 2, 2])?,
            None => [0, 0, 0],
        };
        if !(1..=12).contains(&month) || year < 1970 || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let days = days_before(year, month).checked_add(day.checked_sub(1)?)?;
        // Whatever is past the end of its month is another day.
        (civil(days) == (year, month, day)).then(|| Self(days * DAY + hour * 3_600 + minute * 60 + second))
    }

    /// The moment of an HTTP date (RFC 9110, section 5.6.7). A day of the week that is wrong is overlooked: the date says which it is.
    pub fn of_http(text: &str) -> Option<Self> {
        const WEEK: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let right = |text: &str| httpdate::parse_http_date(text).ok();
        let text = text.trim();
        let other = || {
            let (named, rest) = text.split_once(", ").filter(|(named, _)| WEEK.contains(named))?;
            WEEK.iter().filter(|day| **day != named).find_map(|day| right(&format!("{day}, {rest}")))
        };
        let time = right(text).or_else(other)?;
        time.duration_since(UNIX_EPOCH).ok().map(|since| Self(since.as_secs()))
    }

    /// As an HTTP date: `Sun, 29 Nov 2026 16:00:00 GMT`.
    pub fn http(self) -> String {
        httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(self.0))
    }

    /// The day, as `xsd:date` without its zone.
    pub fn day(self) -> String {
        let (year, month, day) = civil(self.0 / DAY);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// As `xsd:dateTime`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.0 % DAY;
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.day(), rest / 3_600, rest / 60 % 60, rest % 60)
    }
}

/// This moment, as `xsd:dateTime`, in UTC, to the microsecond, so that decisions made in a row keep their order.
pub fn now() -> String {
    let since = since_epoch();
    // Stores keep values: a fraction that ends in zeros would come back shorter.
    let fraction = format!("{:06}", since.subsec_micros());
    let fraction = fraction.trim_end_matches('0');
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    format!("{}{fraction}Z", Moment(since.as_secs()).to_string().trim_end_matches('Z'))
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Numbers of so many digits each.
fn numbers(text: &str, between: char, digits: [usize; 3]) -> Option<[u64; 3]> {
    let mut parts = text.split(between);
    let mut found = [0; 3];
    for (number, digits) in found.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// Year, month and day of a day that is counted from 1970, in the Gregorian calendar; counted in years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// How many days lie between 1970 and the first of a month.
fn days_before(year: u64, month: u64) -> u64 {
    let (year, shifted_month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_years = 365 * year + year / 4 - year / 100 + year / 400;
    of_years + (153 * shifted_month + 2) / 5 - 719_468
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_read_and_written() {
        for (text, full, http) in [
            ("2026-11-29", "2026-11-29T00:00:00Z", "Sun, 29 Nov 2026 00:00:00 GMT"),
            ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("1970-01-01", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2100-03-01", "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!((moment.to_string().as_str(), moment.http().as_str()), (full, http));
            assert_eq!((Moment::parse(full), Moment::of_http(http)), (Some(moment), Some(moment)));
        }
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "1969-12-31",
            "2026-11-29T24:00:00Z",
            "2026-11-29T10:00",
            "today",
            "2026-11-00",
        ] {
            assert_eq!(Moment::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Moment::of_http("Mon, 29 Nov 2026 00:00:00 GMT"), Moment::parse("2026-11-29"));
        for wrong in ["29 Nov 2026", "Sun, 31 Nov 2026 00:00:00 GMT", "2026-11-29", "Day, 29 Nov 2026 00:00:00 GMT", ""] {
            assert_eq!(Moment::of_http(wrong), None, "{wrong}");
        }
        assert!(
            Moment::parse(&format!("{}Z", now().split(['.', 'Z']).next().unwrap())).is_some_and(|moment| moment <= Moment::now())
        );
    }
}
