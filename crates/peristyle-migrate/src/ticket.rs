//! What the tickets of a project are called.

use std::fmt;
use std::str::FromStr;

use peristyle_schema::Diagnostic;

/// What a ticket's id looks like: `#` is a digit, `?` any character, `*` any number of them, `+` behind `#` or `?` makes it one or
/// more, and everything else is itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketPattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    what: What,
    times: Times,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    This(char),
    Digit,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    OnceOrMore,
    AnyNumber,
}

impl What {
    fn takes(self, c: char) -> bool {
        match self {
            Self::This(own) => own == c,
            Self::Digit => c.is_ascii_digit(),
            Self::Any => true,
        }
    }
}

impl TicketPattern {
    /// Whether a ticket's id looks like this.
    pub fn fits(&self, ticket: &str) -> bool {
        // The places in the pattern that what was read so far may have led to; `true` where the part was met already.
        let mut places = vec![false; self.parts.len() + 1];
        places[0] = true;
        self.pass(&mut places);
        for c in ticket.chars() {
            let mut next = vec![false; places.len()];
            for (at, part) in self.parts.iter().enumerate() {
                if places[at] && part.what.takes(c) {
                    match part.times {
                        Times::Once => next[at + 1] = true,
                        Times::OnceOrMore => {
                            next[at] = true;
                            next[at + 1] = true;
                        }
                        Times::AnyNumber => next[at] = true,
                    }
                }
            }
            self.pass(&mut next);
            places = next;
        }
        places[self.parts.len()]
    }

    /// Goes past the parts that need not be there.
    fn pass(&self, places: &mut [bool]) {
        for (at, part) in self.parts.iter().enumerate() {
            if places[at] && part.times == Times::AnyNumber {
                places[at + 1] = true;
            }
        }
    }
}

impl FromStr for TicketPattern {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        let once = |what| Part { what, times: Times::Once };
        let mut parts: Vec<Part> = Vec::new();
        for c in text.chars() {
            let part = match c {
                '#' => once(What::Digit),
                '?' => once(What::Any),
                '*' => Part { what: What::Any, times: Times::AnyNumber },
                '+' => {
                    let repeatable = |part: &&mut Part| {
                        matches!(part.what, What::Digit | What::Any) && part.times == Times::Once
                    };
                    if let Some(last) = parts.last_mut().filter(repeatable) {
                        last.times = Times::OnceOrMore;
                        continue;
                    }
                    once(What::This('+'))
                }
                c => once(What::This(c)),
            };
            parts.push(part);
        }
        if text.trim().is_empty() || text.trim() != text {
            let message = format!("`{text}` is no pattern that a ticket's id can fit");
            return Err(Diagnostic::error("bad-ticket-pattern", message).help(
                "`#` is a digit, `#+` one or more, `?` any character, `*` any number of them: `PANA-#+`",
            ));
        }
        Ok(Self { text: text.to_owned(), parts })
    }
}

impl fmt::Display for TicketPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, ticket: &str) -> bool {
        pattern.parse::<TicketPattern>().expect("a pattern").fits(ticket)
    }

    #[test]
    fn a_pattern_is_met_as_a_whole() {
        assert!(fits("PANA-###", "PANA-123"));
        for ticket in ["PANA-12", "PANA-1234", "pana-123", "PANA-12x", " PANA-123", ""] {
            assert!(!fits("PANA-###", ticket), "{ticket}");
        }
        assert!(fits("PANA-#+", "PANA-7") && fits("PANA-#+", "PANA-70012"));
        assert!(!fits("PANA-#+", "PANA-") && !fits("PANA-#+", "PANA-7a"));
        assert!(fits("*-#+", "OPS-1") && fits("*-#+", "-1") && fits("*-#+", "a-b-22"));
        assert!(fits("?+/#", "ab/1") && !fits("?+/#", "/1"));
        assert!(fits("C++", "C++") && !fits("C++", "C"));
    }

    #[test]
    fn a_long_ticket_takes_no_long_time() {
        assert!(!fits("*#+*#+*#+*#+x", &"1".repeat(20_000)));
    }

    #[test]
    fn an_empty_pattern_is_refused() {
        for text in ["", "  ", " PANA-#"] {
            assert_eq!(text.parse::<TicketPattern>().unwrap_err().code, "bad-ticket-pattern");
        }
    }
}
