//! Where one statement ends and the next begins.

use peristyle_schema::{Diagnostic, Position};

use super::tokens;
use crate::Piece;
use crate::lexer::{self, Kind, Lexicon, Token};

/// The statements of a script, cut as PostgreSQL's own client does: a semicolon ends one, unless it stands in parentheses or in
/// the `BEGIN ATOMIC … END` body of a function.
pub(super) fn split(script: &str) -> Result<Vec<Piece<'_>>, Diagnostic> {
    let mut pieces = Vec::new();
    let mut statement = Statement::default();
    let mut place = Place { at: 0, position: lexer::START };
    let mut lexer = tokens::lex(script);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Unclosed => return Err(tokens::no_token(script, &token)),
            Kind::Illegal if token.text == "\\" => {
                lexer.skip_to(client_command(script, &token, &statement)?);
                statement = Statement::default();
            }
            Kind::Operator if token.text == ";" && !statement.goes_on() => {
                statement.refuse_rows(script)?;
                pieces.extend(statement.piece(script, token.start, &mut place));
                statement = Statement::default();
            }
            Kind::Space => {}
            Kind::Comment => {
                statement.start.get_or_insert(token.start);
            }
            Kind::Word
            | Kind::Quoted
            | Kind::Text
            | Kind::Blob
            | Kind::Number
            | Kind::Parameter
            | Kind::Operator
            | Kind::Illegal => statement.add(token),
        }
    }
    pieces.extend(statement.piece(script, script.len(), &mut place));
    Ok(pieces)
}

/// Where a command of the client psql ends. `pg_dump` writes `\restrict` around what it writes, which changes nothing here;
/// any other is refused.
fn client_command(
    script: &str,
    token: &Token<'_>,
    statement: &Statement<'_>,
) -> Result<usize, Diagnostic> {
    let rest = &script[token.start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let command = line.split_whitespace().next().unwrap_or(line);
    if statement.word.is_none() && matches!(command, "\\restrict" | "\\unrestrict") {
        return Ok(token.start + line.len());
    }
    Err(Diagnostic::error(
        "psql-command",
        format!("`{command}` is a command of the client psql, not SQL"),
    )
    .at(tokens::span(script, token.start, token.start + command.len()))
    .help("remove it, or write in SQL what it does"))
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
struct Statement<'a> {
    /// Where it starts, comments before it included.
    start: Option<usize>,
    /// Its first words, up to the one that says what it is.
    head: Vec<&'a str>,
    /// Where its first word stands.
    word: Option<usize>,
    /// Its last word, and the one before.
    last: [&'a str; 2],
    /// How many parentheses are open.
    parentheses: usize,
    /// How many `END` the body of a function still needs.
    ends: usize,
}

impl<'a> Statement<'a> {
    fn add(&mut self, token: Token<'a>) {
        self.start.get_or_insert(token.start);
        self.word.get_or_insert(token.start);
        if token.kind == Kind::Word && self.head.len() < 4 {
            self.head.push(token.text);
        }
        match token.text {
            "(" => self.parentheses += 1,
            ")" => self.parentheses = self.parentheses.saturating_sub(1),
            _ if token.is_word("ATOMIC") && self.ends == 0 && self.makes_routine() => {
                self.ends = usize::from(self.last[1].eq_ignore_ascii_case("BEGIN"));
            }
            _ if self.ends > 0 && (token.is_word("CASE") || token.is_word("BEGIN")) => {
                self.ends += 1;
            }
            _ if self.ends > 0 && token.is_word("END") => self.ends -= 1,
            _ => {}
        }
        self.last = [self.last[1], token.text];
    }

    /// Whether it is `CREATE [OR REPLACE] FUNCTION` or `PROCEDURE`.
    fn makes_routine(&self) -> bool {
        let is = |at: usize, word: &str| {
            self.head.get(at).is_some_and(|held| held.eq_ignore_ascii_case(word))
        };
        let at = if is(1, "OR") && is(2, "REPLACE") { 3 } else { 1 };
        is(0, "CREATE") && (is(at, "FUNCTION") || is(at, "PROCEDURE"))
    }

    /// Whether a semicolon read now is a part of the statement.
    fn goes_on(&self) -> bool {
        self.parentheses > 0 || self.ends > 0
    }

    /// Refuses `COPY … FROM STDIN`: rows follow it, and they are not SQL.
    fn refuse_rows(&self, script: &str) -> Result<(), Diagnostic> {
        let Some(word) = self.word.filter(|_| {
            self.head.first().is_some_and(|first| first.eq_ignore_ascii_case("COPY"))
                && self.last[1].eq_ignore_ascii_case("STDIN")
        }) else {
            return Ok(());
        };
        Err(Diagnostic::error("copy-from-stdin", "`COPY … FROM STDIN` is followed by rows that are not SQL")
            .at(tokens::span(script, word, word + "COPY".len()))
            .help("write `INSERT` statements; `pg_dump --inserts` does, and `--schema-only` leaves rows out"))
    }

    /// The statement, which ends at `end`, if there is more to it than comments.
    fn piece<'s>(&self, script: &'s str, end: usize, place: &mut Place) -> Option<Piece<'s>> {
        let (start, word) = (self.start?, self.word?);
        let text = script[start..end].trim_end_matches(is_space);
        place.position = lexer::advance(place.position, &script[place.at..word]);
        place.at = word;
        Some(Piece { text, position: place.position })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(script: &str) -> Vec<&str> {
        split(script).unwrap().into_iter().map(|piece| piece.text).collect()
    }

    fn fault(script: &str) -> String {
        split(script).unwrap_err().to_string()
    }

    #[test]
    fn a_semicolon_ends_a_statement_but_for_where_it_is_text() {
        assert_eq!(texts(""), [""; 0]);
        assert_eq!(texts(" ; ;; -- nothing\n"), [""; 0]);
        assert_eq!(texts("\u{feff}a; b"), ["a", "b"]);
        assert_eq!(
            texts("-- one\nSELECT ';', E'\\';', $$;$$, \"a;b\" /* ; /* ; */ ; */; SELECT 2 ;"),
            ["-- one\nSELECT ';', E'\\';', $$;$$, \"a;b\" /* ; /* ; */ ; */", "SELECT 2"]
        );
        assert_eq!(
            texts("DO $body$ BEGIN PERFORM $$;$$; END $body$; SELECT 1"),
            ["DO $body$ BEGIN PERFORM $$;$$; END $body$", "SELECT 1"]
        );
        assert_eq!(
            texts("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3"),
            ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"]
        );
        assert_eq!(
            texts("BEGIN; SELECT 1; END; SELECT 2"),
            ["BEGIN", "SELECT 1", "END", "SELECT 2"]
        );
    }

    #[test]
    fn the_body_of_a_function_is_one_statement() {
        let function = "create or replace function f(a int) returns int begin atomic\n\
             insert into t values (case when a > 1 then 1 else 2 end); select 1; end";
        assert_eq!(texts(&format!("{function}; SELECT 2;")), [function, "SELECT 2"]);
        let procedure = "CREATE PROCEDURE p() BEGIN ATOMIC END";
        assert_eq!(texts(&format!("{procedure};{procedure}")), [procedure, procedure]);
    }

    #[test]
    fn positions_are_those_of_the_first_word() {
        let pieces = split("-- é\nSELECT 1;\n  /* x */ SELECT 2").unwrap();
        let at: Vec<_> = pieces.iter().map(|p| (p.position.line, p.position.column)).collect();
        assert_eq!(at, [(2, 1), (3, 11)]);
    }

    #[test]
    fn what_is_not_closed_says_where_it_starts() {
        assert_eq!(
            fault("SELECT 1;\n SELECT 'a"),
            "<sql>:2:9: error[sql-unclosed]: the string that starts with `'a` is not closed (help: close it with `'`)"
        );
        assert!(fault("DO $x$ BEGIN").ends_with("(help: close it with `$x$`)"));
        assert!(fault("/* /* */").ends_with("(help: close it with `*/`)"));
        assert!(fault("U&\"a").contains("quoted name"));
    }

    #[test]
    fn what_is_not_sql_is_refused() {
        assert_eq!(
            fault("SELECT 1;\n\\connect db\n"),
            "<sql>:2:1: error[psql-command]: `\\connect` is a command of the client psql, not SQL (help: remove it, or \
             write in SQL what it does)"
        );
        assert!(fault("SELECT 1 \\gexec").contains("`\\gexec`"));
        assert!(
            fault("COPY t (a) FROM stdin;\n1\n\\.\n")
                .starts_with("<sql>:1:1: error[copy-from-stdin]")
        );
        assert_eq!(texts("\\restrict a'b\nSELECT 1;\n\\unrestrict a'b\n"), ["SELECT 1"]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_or_refused(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "create", "function", "begin", "atomic", "end", "case", ";", "(", ")", "'", "$$", "\\", "é", "--", "\n", "copy", "stdin",
                ]),
                0..24,
            )
        ) {
            let script = words.join(" ");
            if let Ok(pieces) = split(&script) {
                for piece in pieces {
                    prop_assert!(script.contains(piece.text) && !piece.text.is_empty());
                }
            }
        }
    }
}
