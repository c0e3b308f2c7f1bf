//! Expressions in one spelling: comments gone, space made uniform, words folded, names quoted only where they must be.
//!
//! Two texts that PostgreSQL reads as the same tokens get one form, so that a change of layout is no change of the schema. What
//! the server itself would print is another matter (`canonical`).

use peristyle_schema::{Diagnostic, Expr};

use super::super::{quote, tokens};
use crate::lexer::{Kind, Token};
use crate::place::{Errors, Place};

/// Words of expressions and clauses that are written in capitals, as the catalog has them. The rest is folded to lower case,
/// which is how PostgreSQL reads it anyhow.
const CAPITALS: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
    "ARRAY",
    "AS",
    "ASC",
    "ASYMMETRIC",
    "BETWEEN",
    "CASE",
    "CAST",
    "COLLATE",
    "CURRENT_CATALOG",
    "CURRENT_DATE",
    "CURRENT_ROLE",
    "CURRENT_SCHEMA",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "CURRENT_USER",
    "DEFAULT",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "ESCAPE",
    "EXISTS",
    "EXTRACT",
    "FOR",
    "FROM",
    "GROUP",
    "HAVING",
    "ILIKE",
    "IN",
    "IS",
    "ISNULL",
    "JOIN",
    "LIKE",
    "LIMIT",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "NOT",
    "NOTNULL",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "OVERLAPS",
    "ROW",
    "SELECT",
    "SESSION_USER",
    "SIMILAR",
    "SOME",
    "SYMMETRIC",
    "THEN",
    "TO",
    "UNION",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WITH",
];

/// Words of the clauses that divide a table, which may be names elsewhere.
const PARTITION: &[&str] =
    &["HASH", "LIST", "MAXVALUE", "MINVALUE", "MODULUS", "RANGE", "REMAINDER"];

/// Words in capitals whose parenthesis follows at once.
const CALLS: &[&str] = &["ARRAY", "CAST", "EXTRACT", "ROW"];

/// The spelling of an expression, without parentheses around the whole.
pub(super) fn canonical(text: &str) -> Result<Expr, Diagnostic> {
    spell(text, &[])
}

/// The spelling of a clause that divides a table into partitions or says which rows one holds.
pub(super) fn partition(text: &str) -> Result<Expr, Diagnostic> {
    spell(text, PARTITION)
}

/// The spelling of an expression; what is wrong with it is an error, and it stays as it is.
pub(super) fn normalize(expr: &Expr, place: &Place, errors: &mut Errors) -> Expr {
    report(expr, canonical(expr.as_str()), place, errors)
}

/// Reports what is wrong with an expression, which then stays as it is.
pub(super) fn report(
    expr: &Expr,
    spelled: Result<Expr, Diagnostic>,
    place: &Place,
    errors: &mut Errors,
) -> Expr {
    spelled.unwrap_or_else(|fault| {
        let message = format!("holds `{expr}`, which is no expression: {}", fault.message);
        errors.add(place, "bad-expression", &message, &help(&fault));
        expr.clone()
    })
}

fn help(fault: &Diagnostic) -> String {
    fault.help.clone().unwrap_or_else(|| "write one expression".to_owned())
}

fn spell(text: &str, more_capitals: &[&str]) -> Result<Expr, Diagnostic> {
    let tokens = tokens::significant(text)?;
    balanced(text, &tokens)?;
    let tokens = bare(&tokens);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (at, token) in tokens.iter().enumerate() {
        let of_type =
            token.is_word("WITH") && tokens.get(at + 1).is_some_and(|t| t.is_word("TIME"));
        let word = if of_type { "with".to_owned() } else { spelling(token, more_capitals) };
        let shape = shape(tokens, at, more_capitals);
        if !glued(before, shape) {
            out.push(' ');
        }
        out.push_str(&word);
        before = Some(shape);
    }
    Ok(Expr::new(out))
}

/// The tokens without the parentheses that stand around all of them.
fn bare<'a, 't>(mut tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    while let [open, inner @ .., close] = tokens
        && open.is_operator("(")
        && close.is_operator(")")
        && !inner.is_empty()
    {
        let mut depth = 1_usize;
        for token in inner {
            match token.text {
                "(" if token.kind == Kind::Operator => depth += 1,
                ")" if token.kind == Kind::Operator => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return tokens;
            }
        }
        // A row of several values keeps its parentheses, and so does a query.
        let top_comma = top_level(inner, ",");
        if top_comma || inner.first().is_some_and(|t| t.is_word("SELECT") || t.is_word("WITH")) {
            return tokens;
        }
        tokens = inner;
    }
    tokens
}

/// Whether an operator stands outside of all parentheses.
fn top_level(tokens: &[Token<'_>], operator: &str) -> bool {
    let mut depth = 0_usize;
    tokens.iter().any(|token| {
        match token.text {
            "(" | "[" if token.kind == Kind::Operator => depth += 1,
            ")" | "]" if token.kind == Kind::Operator => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.is_operator(operator)
    })
}

/// Sees that there is something, that parentheses are in pairs and that nothing ends the statement.
fn balanced(text: &str, tokens: &[Token<'_>]) -> Result<(), Diagnostic> {
    let fault =
        |message: String, help: &str| Err(Diagnostic::error("sql-syntax", message).help(help));
    if tokens.is_empty() {
        return fault("it is empty".to_owned(), "write an expression");
    }
    let mut open = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Operator) {
        match token.text {
            ";" => return fault("it holds a `;`".to_owned(), "write one expression"),
            "(" | "[" => open.push(token),
            ")" | "]" => {
                let opening = if token.text == ")" { "(" } else { "[" };
                if open.pop().is_none_or(|held| held.text != opening) {
                    let at = tokens::span(text, token.start, token.end()).start;
                    let message =
                        format!("the `{}` at column {} closes nothing", token.text, at.column);
                    return fault(message, "write each parenthesis with its other half");
                }
            }
            _ => {}
        }
    }
    match open.pop() {
        Some(token) => fault(
            format!("`{}` is not closed", token.text),
            "write each parenthesis with its other half",
        ),
        None => Ok(()),
    }
}

fn is_capital(token: &Token<'_>, more: &[&str]) -> bool {
    token.kind == Kind::Word
        && CAPITALS.iter().chain(more).any(|word| word.eq_ignore_ascii_case(token.text))
}

fn spelling(token: &Token<'_>, more_capitals: &[&str]) -> String {
    match token.kind {
        Kind::Word if is_capital(token, more_capitals) => token.text.to_ascii_uppercase(),
        Kind::Word => token.text.to_lowercase(),
        Kind::Quoted if token.text.starts_with('"') => quote::quote(&tokens::identifier(token)),
        _ => token.text.to_owned(),
    }
}

/// How a token stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A word, a literal, an operator between two operands.
    Spaced,
    /// A function's name: its parenthesis follows at once.
    Call,
    /// A sign: its operand follows at once.
    Sign,
    /// What stands between two without space: a dot, a cast, a colon in brackets.
    Joint,
    /// An opening parenthesis or bracket.
    Open,
    /// An opening bracket, which belongs to what is before it.
    Bracket,
    /// A closing one, or a comma.
    Close,
}

fn glued(before: Option<Shape>, shape: Shape) -> bool {
    matches!(
        (before, shape),
        (None | Some(Shape::Open | Shape::Bracket | Shape::Sign | Shape::Joint), _)
            | (_, Shape::Close | Shape::Joint | Shape::Bracket)
            | (Some(Shape::Call), Shape::Open)
    )
}

fn shape(tokens: &[Token<'_>], at: usize, more_capitals: &[&str]) -> Shape {
    let next = tokens.get(at + 1);
    let opens = next.is_some_and(|token| token.is_operator("("));
    let token = &tokens[at];
    match (token.kind, token.text) {
        (Kind::Operator, "(") => Shape::Open,
        (Kind::Operator, "[") => Shape::Bracket,
        (Kind::Operator, ")" | "]" | ",") => Shape::Close,
        (Kind::Operator, ".") => {
            let name = |t: &Token<'_>| matches!(t.kind, Kind::Word | Kind::Quoted);
            let before = at.checked_sub(1).map(|i| &tokens[i]);
            let owner = |t: &Token<'_>| name(t) || t.is_operator(")") || t.is_operator("]");
            let joins =
                before.is_some_and(owner) && next.is_some_and(|t| name(t) || t.is_operator("*"));
            if joins { Shape::Joint } else { Shape::Spaced }
        }
        (Kind::Operator, "::" | ":") => Shape::Joint,
        (Kind::Operator, "+" | "-") => {
            let previous = at.checked_sub(1).map(|i| &tokens[i]);
            let binary = previous.is_some_and(|token| ends_operand(token, more_capitals));
            let operand = next.is_some_and(|t| t.kind != Kind::Operator || t.text == "(");
            if !binary && operand { Shape::Sign } else { Shape::Spaced }
        }
        (Kind::Word | Kind::Quoted, _) if opens => {
            let method = at > 0 && tokens[at - 1].is_word("USING");
            let keyword =
                is_capital(token, more_capitals) && !CALLS.iter().any(|word| token.is_word(word));
            if method || keyword { Shape::Spaced } else { Shape::Call }
        }
        _ => Shape::Spaced,
    }
}

/// Whether an operand may end with this token, so that a sign behind it stands between two.
fn ends_operand(token: &Token<'_>, more_capitals: &[&str]) -> bool {
    match token.kind {
        Kind::Operator => matches!(token.text, ")" | "]"),
        Kind::Word => {
            !is_capital(token, more_capitals) || token.is_word("NULL") || token.is_word("END")
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_form_for_every_layout() {
        for (text, expected) in [
            ("  Rating>=0 and\n rating<=5 -- five\n", "rating >= 0 AND rating <= 5"),
            ("lower( \"email\" )", "lower(email)"),
            ("\"Name\" is not null", "\"Name\" IS NOT NULL"),
            ("a in('x','Y')", "a IN ('x', 'Y')"),
            ("data ->> 'k' = any(array['a'])", "data ->> 'k' = ANY (ARRAY['a'])"),
            ("'x' :: character varying", "'x'::character varying"),
            ("- 1 + -a - b", "-1 + -a - b"),
            ("((TRUE))", "true"),
            ("(a) AND (b)", "(a) AND (b)"),
            ("((a, b))", "(a, b)"),
            ("tags [ 1 : 2 ]", "tags[1:2]"),
            ("app . f (a)", "app.f(a)"),
            ("a /* c */ ~* 'x'", "a ~* 'x'"),
            ("E'a\\'b'", "E'a\\'b'"),
        ] {
            assert_eq!(canonical(text).unwrap().as_str(), expected);
            assert_eq!(canonical(expected).unwrap().as_str(), expected);
        }
        assert_eq!(partition("range(created_at)").unwrap().as_str(), "RANGE (created_at)");
    }

    #[test]
    fn what_is_no_expression_is_told() {
        for (text, expected) in [
            ("", "it is empty"),
            ("-- a", "it is empty"),
            ("a > 1; drop table t", "it holds a `;`"),
            ("(a", "`(` is not closed"),
            ("a)", "the `)` at column 2 closes nothing"),
            ("(a]", "the `]` at column 3 closes nothing"),
            ("'a", "the string that starts with `'a` is not closed"),
            ("a \\ b", "SQL cannot hold `\\`"),
        ] {
            assert_eq!(canonical(text).unwrap_err().message, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "\"a\"", "\"A b\"", "Not", "in", "(", ")", "[", "]", "-", "+", "::", ".", ",", "'x'", "E'\\''", "1", ".5",
                    "array", "case", "end", "null", "->>", "/* c */", "$$ $$", "||",
                ]),
                0..16,
            )
        ) {
            if let Ok(once) = canonical(&words.join(" ")) {
                let twice = canonical(once.as_str());
                prop_assert_eq!(twice.as_ref(), Ok(&once));
            }
        }
    }
}
