//! The constants in a check's text: what a row must hold is mostly near them.

/// The constants of some expressions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Literals {
    numbers: Vec<f64>,
    texts: Vec<String>,
    /// Whether they speak of JSON.
    json: bool,
}

/// Longest text that a number in a check may ask for.
const LONGEST: i64 = 2000;

impl Literals {
    /// Adds the constants of an expression.
    pub(super) fn read(&mut self, expression: &str) {
        self.json |= expression.to_ascii_lowercase().contains("json");
        let mut rest = expression;
        while let Some(first) = rest.chars().next() {
            let len = match first {
                '\'' => {
                    let (text, len) = quoted(rest);
                    if !self.texts.contains(&text) {
                        self.texts.push(text);
                    }
                    len
                }
                c if c.is_ascii_digit() => {
                    let len = rest
                        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
                        .unwrap_or(rest.len());
                    if let Ok(number) = rest[..len].parse::<f64>()
                        && !self.numbers.contains(&number)
                    {
                        self.numbers.push(number);
                    }
                    len
                }
                c if c.is_alphanumeric() || c == '_' => {
                    rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
                }
                c => c.len_utf8(),
            };
            rest = &rest[len..];
        }
    }

    /// The numbers and their neighbours.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> {
        self.numbers.iter().flat_map(|n| [*n, n + 1.0, n - 1.0, n + 0.5, -n])
    }

    /// The whole numbers and their neighbours.
    pub(super) fn whole_numbers(&self) -> impl Iterator<Item = i64> {
        self.numbers.iter().flat_map(|n| {
            let n = *n as i64;
            [n, n.saturating_add(1), n.saturating_sub(1), n.saturating_neg()]
        })
    }

    /// Documents of every kind, if they speak of JSON.
    pub(super) fn documents(&self) -> impl Iterator<Item = String> {
        let all = ["{}", "[]", "[1]", "\"x\"", "1", "true", "null"];
        all.into_iter().filter(|_| self.json).map(str::to_owned)
    }

    /// The texts as they stand.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.texts.iter().cloned()
    }

    /// The texts read as patterns (`LIKE`, `GLOB`), filled in.
    pub(super) fn patterned(&self, number: usize) -> impl Iterator<Item = String> {
        self.texts
            .iter()
            .filter(|text| text.contains(['%', '_', '*', '?', '[']))
            .flat_map(move |text| [fill_like(text, number), fill_glob(text, number)])
    }

    /// Texts as long as the numbers, and a little longer and shorter.
    pub(super) fn long_texts(&self, number: usize) -> impl Iterator<Item = String> {
        self.whole_numbers().filter(|n| (1..=LONGEST).contains(n)).map(move |n| {
            let width = usize::try_from(n).unwrap_or(1);
            let text = format!("{:0>width$}", number + 1);
            text[text.len() - width..].to_owned()
        })
    }
}

/// The value of a quoted text and its length in the expression.
fn quoted(text: &str) -> (String, usize) {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != '\'' {
            value.push(c);
        } else if chars.peek().is_some_and(|(_, next)| *next == '\'') {
            chars.next();
            value.push('\'');
        } else {
            return (value, at + 1);
        }
    }
    (value, text.len())
}

fn fill_like(pattern: &str, number: usize) -> String {
    pattern.replace('%', &format!("x{}", number + 1)).replace('_', "a")
}

fn fill_glob(pattern: &str, number: usize) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            '*' => out.push_str(&format!("{}", number + 1)),
            '?' => out.push('a'),
            '[' => {
                let end = rest.get(2..).and_then(|tail| tail.find(']')).map(|end| end + 3);
                len = end.unwrap_or(rest.len());
                // The last character of the class, so that rows differ where the class is a range of digits.
                let class = &rest[1..len.saturating_sub(1).max(1)];
                let first = class.chars().find(|c| !matches!(c, '^' | '!'));
                let negated = class.starts_with(['^', '!']);
                out.push(if negated { '~' } else { first.unwrap_or('a') });
            }
            other => out.push(other),
        }
        rest = &rest[len..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_found_and_names_are_not() {
        let mut literals = Literals::default();
        literals.read("length(a1) = 11 AND b2 IN ('x', 'it''s') OR c < 2.5");
        assert_eq!(literals.numbers, [11.0, 2.5]);
        assert_eq!(literals.texts, ["x", "it's"]);
        literals.read("'unclosed");
        assert_eq!(literals.texts.len(), 3);
    }

    #[test]
    fn patterns_are_filled_in() {
        assert_eq!(fill_like("%@%.com", 0), "x1@x1.com");
        assert_eq!(fill_glob("[A-Z][0-9]*", 2), "A03");
        assert_eq!(fill_glob("[", 0), "a");
        assert_eq!(fill_glob("[^a]é", 0), "~é");
    }
}
