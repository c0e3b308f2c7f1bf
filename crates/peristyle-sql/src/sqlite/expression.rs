//! Expressions, and the one form in which they are compared.
//!
//! SQLite keeps the text of an expression as it was written, and rewrites parts of it when a column is renamed. The
//! canonical form is the same for all ways to write the same tokens: keywords in upper case, identifiers quoted only
//! where they must be, one way of spacing, no comments, no parentheses around the whole.

use std::borrow::Cow;

use peristyle_schema::{Diagnostic, Expr, Name};

use super::keywords::{self, Class};
use super::tokens::{self, Shape};
use super::{literal, quote};
use crate::lexer::{Kind, Token};

/// Which names an expression may use for columns.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'a> {
    /// Any: what is quoted like an identifier is one.
    Open,
    /// Those of a table. SQLite takes a double-quoted name that is none of them for a string, and so do we.
    Columns(&'a [Name]),
    /// None: it is a default, and a double-quoted name is a string.
    Nothing,
}

/// The canonical form of an expression. Idempotent.
pub(super) fn canonical(text: &str) -> Result<Expr, Diagnostic> {
    canonical_in(text, Scope::Open)
}

/// The canonical form of an expression that reads these columns.
pub(super) fn canonical_in(text: &str, scope: Scope<'_>) -> Result<Expr, Diagnostic> {
    let tokens = tokens::significant(text)?;
    check_shape(text, &tokens)?;
    Ok(of_tokens(&tokens, scope))
}

/// The canonical form of an expression that was cut out of a statement.
pub(super) fn of_tokens(tokens: &[Token<'_>], scope: Scope<'_>) -> Expr {
    let tokens = without_parentheses(tokens);
    if is_query(tokens) {
        return Expr::new(tokens::statement(tokens));
    }
    let mut out = String::new();
    let mut before = None;
    for (at, (token, role)) in tokens.iter().zip(roles(tokens)).enumerate() {
        let shape = shape(role, tokens.get(at + 1));
        // What stands before a dot is a table's name and never a string.
        let qualifies = tokens.get(at + 1).is_some_and(|next| next.is_operator("."));
        let scope = if qualifies { Scope::Open } else { scope };
        tokens::push(&mut out, before, shape, &spelled(token, role, scope));
        before = Some(shape);
    }
    Expr::new(out)
}

/// The columns that an expression names, as it writes them; of a query inside it nothing is known.
pub(super) fn columns(expr: &Expr) -> Vec<Name> {
    let Ok(tokens) = tokens::significant(expr.as_str()) else { return Vec::new() };
    if is_query(&tokens) {
        return Vec::new();
    }
    let roles = roles(&tokens);
    let named = tokens.iter().zip(&roles).enumerate().filter(|(at, (_, role))| {
        matches!(role, Role::Column | Role::Member) && roles.get(at + 1) != Some(&Role::Dot)
    });
    named.map(|(_, (token, _))| quote::unquote(token)).collect()
}

/// Whether an expression holds a query.
pub(super) fn holds_query(expr: &Expr) -> bool {
    tokens::significant(expr.as_str()).is_ok_and(|tokens| is_query(&tokens))
}

/// Whether an expression is one name, so that it can be read as a column.
pub(super) fn as_column(expr: &Expr) -> Option<Name> {
    let tokens = tokens::significant(expr.as_str()).ok()?;
    match (tokens.as_slice(), roles(&tokens).as_slice()) {
        ([token], [Role::Column]) => Some(quote::unquote(token)),
        _ => None,
    }
}

/// Sees that a text can be an expression: something, closed parentheses, no list and no second statement.
fn check_shape(text: &str, tokens: &[Token<'_>]) -> Result<(), Diagnostic> {
    let fail = |token: &Token<'_>, message: &str, help: &str| {
        Err(Diagnostic::error("sql-syntax", message)
            .at(tokens::span(text, token.start, token.end()))
            .help(help))
    };
    let mut open = Vec::new();
    for token in tokens {
        match (token.kind, token.text) {
            (Kind::Operator, "(") => open.push(token),
            (Kind::Operator, ")") if open.pop().is_none() => {
                return fail(token, "a parenthesis is closed that was not opened", "remove it");
            }
            (Kind::Operator, ";") => {
                return fail(token, "an expression holds no `;`", "write one expression alone");
            }
            (Kind::Operator, ",") if open.is_empty() => {
                return fail(token, "this is a list, not one expression", "write one expression");
            }
            (Kind::Parameter, _) => {
                return fail(
                    token,
                    "a schema's expression has no parameters",
                    "write the value itself",
                );
            }
            _ => {}
        }
    }
    match (open.last(), tokens.is_empty()) {
        (Some(token), _) => fail(token, "a parenthesis is not closed", "close it with `)`"),
        (None, true) => Err(Diagnostic::error("sql-syntax", "an expression is empty")
            .help("write an expression, or leave the attribute out")),
        (None, false) if is_query(tokens) => Ok(()),
        (None, false) => check_order(text, without_parentheses(tokens)),
    }
}

/// Sees that values and operators take turns, as far as that is plain to see.
fn check_order(text: &str, tokens: &[Token<'_>]) -> Result<(), Diagnostic> {
    let fail = |token: &Token<'_>, message: &str| {
        Err(Diagnostic::error("sql-syntax", message)
            .at(tokens::span(text, token.start, token.end()))
            .help("write a whole expression, such as `a > 0 AND a < 10`"))
    };
    let roles = roles(tokens);
    let is_value = |role: &Role| matches!(role, Role::Column | Role::Member | Role::Literal);
    for (at, pair) in roles.windows(2).enumerate() {
        let closed = pair[0] == Role::Close && tokens[at].text == ")";
        let starts = matches!(pair[1], Role::Column | Role::Function | Role::Literal);
        if starts && (closed || is_value(&pair[0])) {
            return fail(&tokens[at + 1], "an operator is missing before this");
        }
    }
    if let (Some(first), Some(Role::Operator)) = (tokens.first(), roles.first())
        && !matches!(first.text, "+" | "-" | "~")
    {
        return fail(first, "a value is missing before this");
    }
    match (tokens.last(), roles.last()) {
        (Some(last), Some(Role::Operator | Role::Sign)) => {
            fail(last, "a value is missing behind this")
        }
        (Some(last), Some(Role::Keyword)) if !ends_operand(last, true) => {
            fail(last, "a value is missing behind this")
        }
        _ => Ok(()),
    }
}

/// The tokens without the parentheses that enclose them all, unless these make a row or a query of them.
pub(super) fn without_parentheses<'t, 'a>(mut tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, inner @ .., last] = tokens {
        let encloses = first.is_operator("(") && last.is_operator(")") && is_one_operand(inner);
        if !encloses {
            break;
        }
        tokens = inner;
    }
    tokens
}

/// Whether these tokens, found between parentheses, are one expression that needs no parentheses.
fn is_one_operand(inner: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    for token in inner {
        match (token.kind, token.text) {
            (Kind::Operator, "(") => depth += 1,
            (Kind::Operator, ")") if depth == 0 => return false,
            (Kind::Operator, ")") => depth -= 1,
            (Kind::Operator, ",") if depth == 0 => return false,
            _ => {}
        }
    }
    let starts_query =
        |token: &Token<'_>| ["SELECT", "VALUES", "WITH"].iter().any(|word| token.is_word(word));
    depth == 0 && inner.first().is_some_and(|first| !starts_query(first))
}

fn is_query(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.is_word("SELECT") || token.is_word("VALUES"))
}

/// What a token is to an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A keyword.
    Keyword,
    /// A keyword whose parenthesis follows at once, as if it were a function.
    KeywordCall,
    /// A column, or the table before the dot.
    Column,
    /// The name behind a dot.
    Member,
    /// A function.
    Function,
    /// A collation, or a word of a type.
    Label,
    /// A string, a number or bytes.
    Literal,
    /// A sign before its operand.
    Sign,
    /// A dot between two names.
    Dot,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis or a comma.
    Close,
    /// Any other operator.
    Operator,
}

/// The roles of an expression's tokens. A word that SQLite takes for a keyword only where the grammar asks for one is
/// told by its place: where an operand can start, it is a name.
fn roles(tokens: &[Token<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(tokens.len());
    let mut operand = true;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| (&tokens[i], roles[i]));
        let next = tokens.get(at + 1);
        let role = match token.kind {
            Kind::Word | Kind::Quoted => name_role(token, before, next, operand),
            Kind::Operator => operator_role(token, before, next, operand),
            _ => Role::Literal,
        };
        operand = match role {
            Role::Keyword => !ends_operand(token, operand),
            Role::Column | Role::Member | Role::Label | Role::Literal => false,
            Role::Close => token.text == ",",
            Role::Function | Role::KeywordCall => false,
            Role::Sign | Role::Dot | Role::Open | Role::Operator => true,
        };
        roles.push(role);
    }
    roles
}

fn operator_role(
    token: &Token<'_>,
    before: Option<(&Token<'_>, Role)>,
    next: Option<&Token<'_>>,
    operand: bool,
) -> Role {
    let is_name = |token: &Token<'_>| matches!(token.kind, Kind::Word | Kind::Quoted);
    match token.text {
        "(" => Role::Open,
        ")" | "," => Role::Close,
        "." if before.is_some_and(|(_, role)| matches!(role, Role::Column | Role::Member))
            && next.is_some_and(is_name) =>
        {
            Role::Dot
        }
        "+" | "-" | "~" if operand && next.is_some_and(tokens::starts_operand) => Role::Sign,
        _ => Role::Operator,
    }
}

fn name_role(
    token: &Token<'_>,
    before: Option<(&Token<'_>, Role)>,
    next: Option<&Token<'_>>,
    operand: bool,
) -> Role {
    let calls = next.is_some_and(|n| n.is_operator("("));
    match before {
        Some((_, Role::Dot)) => return Role::Member,
        Some((word, Role::Keyword)) if word.is_word("COLLATE") || word.is_word("AS") => {
            return Role::Label;
        }
        Some((_, Role::Label)) if !operand && !is_infix(token) => return Role::Label,
        _ => {}
    }
    let class = match token.kind {
        Kind::Word => keywords::class(token.text),
        _ => None,
    };
    match class {
        Some(Class::Reserved) => Role::Keyword,
        Some(Class::Fallback | Class::Join) if !operand => Role::Keyword,
        Some(_) if is_constant(token) => Role::Keyword,
        Some(_) if calls && token.is_word("CAST") => Role::KeywordCall,
        None if keywords::is_truth(token.text) => Role::Keyword,
        _ if calls && operand => Role::Function,
        _ => Role::Column,
    }
}

/// Whether a word can stand behind a collation or a type as something else than a part of it.
fn is_infix(token: &Token<'_>) -> bool {
    token.kind == Kind::Word
        && (keywords::class(token.text) == Some(Class::Reserved)
            || ["LIKE", "GLOB", "REGEXP", "MATCH", "END", "ASC", "DESC", "NULLS"]
                .iter()
                .any(|word| token.is_word(word)))
}

/// Whether a keyword is a value by itself.
fn is_constant(token: &Token<'_>) -> bool {
    ["NULL", "TRUE", "FALSE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"]
        .iter()
        .any(|word| token.is_word(word))
}

/// Whether an operand is complete behind this keyword.
fn ends_operand(token: &Token<'_>, operand: bool) -> bool {
    is_constant(token)
        || ["END", "ISNULL", "NOTNULL"].iter().any(|word| token.is_word(word))
        || !operand && token.is_word("NOT")
}

fn shape(role: Role, next: Option<&Token<'_>>) -> Shape {
    match role {
        Role::Function | Role::KeywordCall => Shape::Call,
        Role::Label if next.is_some_and(|n| n.is_operator("(")) => Shape::Call,
        Role::Sign => Shape::Sign,
        Role::Dot => Shape::Dot,
        Role::Open => Shape::Open,
        Role::Close => Shape::Close,
        Role::Keyword | Role::Column | Role::Member | Role::Label => Shape::Spaced,
        Role::Literal | Role::Operator => Shape::Spaced,
    }
}

fn spelled<'a>(token: &Token<'a>, role: Role, scope: Scope<'_>) -> Cow<'a, str> {
    match role {
        Role::Keyword | Role::KeywordCall => Cow::Owned(token.text.to_ascii_uppercase()),
        Role::Column if is_string(token, scope) => {
            Cow::Owned(literal::text(&quote::unquote(token)))
        }
        Role::Column | Role::Member => Cow::Owned(quote::quote(&quote::unquote(token))),
        Role::Function | Role::Label => {
            let name = quote::unquote(token);
            let bare = quote::is_plain(&name)
                && !matches!(keywords::class(&name), Some(Class::Reserved))
                && !(role == Role::Function && name.eq_ignore_ascii_case("CAST"));
            Cow::Owned(if bare { name.to_string() } else { quote::always(&name) })
        }
        Role::Literal if token.kind == Kind::Blob => Cow::Owned(token.text.to_ascii_uppercase()),
        Role::Literal | Role::Sign | Role::Dot | Role::Open | Role::Close | Role::Operator => {
            Cow::Borrowed(token.text)
        }
    }
}

/// Whether SQLite takes this double-quoted name for a string, because it names nothing.
fn is_string(token: &Token<'_>, scope: Scope<'_>) -> bool {
    if token.kind != Kind::Quoted || !token.text.starts_with('"') {
        return false;
    }
    match scope {
        Scope::Open => false,
        Scope::Nothing => true,
        Scope::Columns(columns) => {
            let name = quote::unquote(token);
            let mut known = columns.iter().map(Name::as_str).chain(["rowid", "oid", "_rowid_"]);
            !known.any(|column| column.eq_ignore_ascii_case(&name))
        }
    }
}

#[cfg(test)]
mod tests;
