//! Where one statement ends and the next begins.

use peristyle_schema::{Diagnostic, Position};

use super::tokens;
use crate::Piece;
use crate::lexer::{self, Kind, Lexicon, Token};

/// The statements of a script. A trigger's body belongs to its statement: it ends behind the `END` that stands where
/// another statement of the body could start.
pub(super) fn split(script: &str) -> Result<Vec<Piece<'_>>, Diagnostic> {
    let mut pieces = Vec::new();
    let mut statement = Statement::default();
    let mut place = Place { at: 0, position: lexer::START };
    for token in tokens::lex(script) {
        match token.kind {
            Kind::Unclosed => return Err(tokens::no_token(script, &token)),
            Kind::Operator if token.text == ";" && !statement.goes_on() => {
                pieces.extend(statement.piece(script, token.start, &mut place));
                statement = Statement::default();
            }
            Kind::Space => {}
            Kind::Comment => {
                statement.start.get_or_insert(token.start);
            }
            _ => statement.add(token),
        }
    }
    pieces.extend(statement.piece(script, script.len(), &mut place));
    Ok(pieces)
}

fn is_space(c: char) -> bool {
    u8::try_from(c).is_ok_and(tokens::Words::is_space) || c == lexer::BYTE_ORDER_MARK
}

/// The last place whose line and column were counted; the next is counted from there.
struct Place {
    at: usize,
    position: Position,
}

/// What is known of the statement that is being read.
#[derive(Default)]
struct Statement {
    /// Where it starts, comments before it included.
    start: Option<usize>,
    /// Where its first word stands.
    word: Option<usize>,
    /// How far it is read.
    opening: Opening,
    /// Inside a trigger's body: what stands where a statement of the body could start.
    body: Body,
}

/// How much of `CREATE TEMP TRIGGER` has been read.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Nothing, or `EXPLAIN QUERY PLAN`.
    #[default]
    Start,
    /// `CREATE`.
    Create,
    /// All of it: this is a trigger.
    Trigger,
    /// Something else: this is no trigger.
    Other,
}

/// Where a trigger's body is read.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// Inside the trigger's head or one of its statements.
    #[default]
    Inside,
    /// Behind a semicolon.
    Between,
    /// Behind the `END` that stands behind a semicolon.
    Ended,
}

impl Statement {
    fn add(&mut self, token: Token<'_>) {
        self.start.get_or_insert(token.start);
        self.word.get_or_insert(token.start);
        self.opening = match self.opening {
            Opening::Start if ["EXPLAIN", "QUERY", "PLAN"].iter().any(|w| token.is_word(w)) => {
                Opening::Start
            }
            Opening::Start if token.is_word("CREATE") => Opening::Create,
            Opening::Create if token.is_word("TEMP") || token.is_word("TEMPORARY") => {
                Opening::Create
            }
            Opening::Create if token.is_word("TRIGGER") => Opening::Trigger,
            Opening::Trigger => Opening::Trigger,
            Opening::Start | Opening::Create | Opening::Other => Opening::Other,
        };
        self.body = match self.body {
            _ if token.is_operator(";") => Body::Between,
            Body::Between if token.is_word("END") => Body::Ended,
            _ => Body::Inside,
        };
    }

    /// Whether a semicolon read now is a part of the statement.
    fn goes_on(&self) -> bool {
        self.opening == Opening::Trigger && self.body != Body::Ended
    }

    /// The statement, which ends at `end`, if there is more to it than comments.
    fn piece<'a>(&self, script: &'a str, end: usize, place: &mut Place) -> Option<Piece<'a>> {
        let (start, word) = (self.start?, self.word?);
        let text = script[start..end].trim_end_matches(is_space);
        place.position = lexer::advance(place.position, &script[place.at..word]);
        place.at = word;
        Some(Piece { text, position: place.position })
    }
}

#[cfg(test)]
mod tests;
