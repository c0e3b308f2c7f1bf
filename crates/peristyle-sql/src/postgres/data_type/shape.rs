//! The text of a type, cut into its parts.

/// One part of a type's name between dots.
#[derive(Debug)]
pub(super) enum Part {
    /// Words without quotes, in lower case: `double precision`.
    Bare(Vec<String>),
    /// A quoted name, without its quotes.
    Quoted(String),
}

impl Part {
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Quoted(name) => Some(name),
            Self::Bare(words) => match words.as_slice() {
                [word] => Some(word),
                _ => None,
            },
        }
    }
}

/// The parts of a type's text: `timestamp` `(3)` `with time zone` `[]`.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) path: Vec<Part>,
    pub(super) arguments: Option<Vec<String>>,
    pub(super) after: Vec<String>,
    pub(super) array: bool,
}

/// Cuts a type's text into its parts; nothing if it has not the form of one.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let mut shape = Shape { path: Vec::new(), arguments: None, after: Vec::new(), array: false };
    let mut rest = text.trim();
    let mut dot = true;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if shape.array && first != '[' => return None,
            '"' => {
                let length = quoted(rest)?;
                if !dot || shape.arguments.is_some() {
                    return None;
                }
                let name = rest[1..length - 1].replace("\"\"", "\"");
                shape.path.push(Part::Quoted(name));
                dot = false;
                length
            }
            '.' if !dot && shape.arguments.is_none() => {
                dot = true;
                1
            }
            '(' if !dot && shape.arguments.is_none() => {
                let length = rest.find(')')? + 1;
                let inside = rest[1..length - 1].split(',').map(|part| part.trim().to_owned());
                shape.arguments = Some(inside.collect());
                length
            }
            '[' if !dot => {
                let length = rest.find(']')? + 1;
                if !rest[1..length - 1].chars().all(|c| c.is_ascii_digit()) {
                    return None;
                }
                shape.array = true;
                length
            }
            c if is_start(c) => {
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let word = rest[..length].to_lowercase();
                if word == "array" && !dot {
                    shape.array = true;
                } else if shape.arguments.is_some() {
                    shape.after.push(word);
                } else if dot {
                    shape.path.push(Part::Bare(vec![word]));
                    dot = false;
                } else if let Some(Part::Bare(words)) = shape.path.last_mut() {
                    words.push(word);
                } else {
                    return None;
                }
                length
            }
            _ => return None,
        };
        rest = rest[length..].trim_start();
    }
    (!dot && shape.path.len() <= 2).then_some(shape)
}

fn is_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The length of a quoted name, a doubled quote being part of it.
fn quoted(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += text[at..].find('"')? + 1;
        if !text[at..].starts_with('"') {
            return Some(at);
        }
        at += 1;
    }
}
