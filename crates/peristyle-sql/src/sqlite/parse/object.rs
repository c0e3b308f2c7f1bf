//! `CREATE VIEW`, `CREATE TRIGGER` and `CREATE VIRTUAL TABLE`: their heads are read, the rest is kept.

use peristyle_schema::{Diagnostic, Name};

use super::clause::{split_list, touch};
use super::{Cursor, Run};
use crate::lexer::Kind;
use crate::sqlite::{quote, tokens};

/// A view as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct CreateView {
    /// Its name.
    pub name: Name,
    /// The statement in canonical form.
    pub sql: String,
}

/// A trigger as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct CreateTrigger {
    /// Its name.
    pub name: Name,
    /// Its table or view.
    pub on: Name,
    /// The statement in canonical form.
    pub sql: String,
}

/// A virtual table as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct CreateVirtualTable {
    /// Its name.
    pub name: Name,
    /// The module that implements it.
    pub module: Name,
    /// The statement in canonical form.
    pub sql: String,
}

/// Reads a `CREATE VIEW` statement.
pub(in crate::sqlite) fn view(mut cursor: Cursor<'_>) -> Result<CreateView, Diagnostic> {
    cursor.create(&["VIEW"])?;
    let name = cursor.object_name()?;
    let mut body = cursor.clone();
    if cursor.peek().is_some_and(|token| token.is_operator("(")) {
        cursor.column_names()?;
    }
    cursor.expect_word("AS")?;
    if !["SELECT", "VALUES", "WITH"].iter().any(|word| cursor.sees(&[word])) {
        return Err(cursor.unexpected("SELECT"));
    }
    let sql = whole("VIEW", &name, &tokens::statement(one(&mut body)?));
    Ok(CreateView { name, sql })
}

/// Reads a `CREATE TRIGGER` statement.
pub(in crate::sqlite) fn trigger(mut cursor: Cursor<'_>) -> Result<CreateTrigger, Diagnostic> {
    cursor.create(&["TRIGGER"])?;
    let name = cursor.object_name()?;
    let mut head = cursor.trigger_event()?;
    cursor.expect_word("ON")?;
    let on = cursor.object_name()?;
    let body = cursor.clone().rest();
    cursor.words(&["FOR", "EACH", "ROW"]);
    while !cursor.sees(&["BEGIN"]) {
        if cursor.peek().is_none() {
            return Err(cursor.unexpected("BEGIN"));
        }
        cursor.at += 1;
    }
    let body = trim_semicolons(body);
    if !matches!(body, [.., semicolon, end] if semicolon.is_operator(";") && end.is_word("END")) {
        cursor.rest();
        return Err(cursor.unexpected("; END"));
    }
    head.extend(["ON".to_owned(), quote::quote(&on), tokens::statement(body)]);
    let sql = whole("TRIGGER", &name, &head.join(" "));
    Ok(CreateTrigger { name, on, sql })
}

impl Cursor<'_> {
    /// When a trigger fires, word by word: `AFTER UPDATE OF a, b`.
    fn trigger_event(&mut self) -> Result<Vec<String>, Diagnostic> {
        let mut words: Vec<String> = Vec::new();
        for timing in [["BEFORE"].as_slice(), &["AFTER"], &["INSTEAD", "OF"]] {
            if self.words(timing) {
                words.extend(timing.iter().map(|word| (*word).to_owned()));
                break;
            }
        }
        for event in ["INSERT", "DELETE", "UPDATE"] {
            if self.word(event) {
                words.push(event.to_owned());
                if event == "UPDATE" && self.word("OF") {
                    words.push("OF".to_owned());
                    words.push(self.event_columns()?);
                }
                return Ok(words);
            }
        }
        Err(self.unexpected("INSERT, UPDATE or DELETE"))
    }

    fn event_columns(&mut self) -> Result<String, Diagnostic> {
        let mut columns = vec![quote::quote(&self.name()?)];
        while self.operator(",") {
            columns.push(quote::quote(&self.name()?));
        }
        Ok(columns.join(", "))
    }
}

/// Reads a `CREATE VIRTUAL TABLE` statement. What is in the parentheses belongs to the module: only the space around
/// and between it is made uniform.
pub(in crate::sqlite) fn virtual_table(
    mut cursor: Cursor<'_>,
) -> Result<CreateVirtualTable, Diagnostic> {
    cursor.create(&["VIRTUAL", "TABLE"])?;
    let name = cursor.object_name()?;
    cursor.expect_word("USING")?;
    let module = cursor.name()?;
    let mut body = format!("USING {}", quote::quote(&module));
    if cursor.peek().is_some_and(|token| token.is_operator("(")) {
        let arguments: Vec<String> = split_list(cursor.group()?).into_iter().map(loose).collect();
        body.push('(');
        body.push_str(&arguments.join(", "));
        body.push(')');
    }
    cursor.end()?;
    let sql = whole("VIRTUAL TABLE", &name, &body);
    Ok(CreateVirtualTable { name, module, sql })
}

fn whole(kind: &str, name: &Name, body: &str) -> String {
    ["CREATE", kind, &quote::quote(name), body].join(" ")
}

/// The tokens that are left, if they are of one statement.
fn one<'t>(cursor: &mut Cursor<'t>) -> Result<Run<'t>, Diagnostic> {
    let start = cursor.at;
    let run = trim_semicolons(cursor.rest());
    match run.iter().position(|token| token.kind == Kind::Operator && token.text == ";") {
        None => Ok(run),
        Some(at) => {
            cursor.at = start + at;
            Err(cursor.unexpected("the end"))
        }
    }
}

fn trim_semicolons(mut run: Run<'_>) -> Run<'_> {
    while let [before @ .., last] = run
        && last.is_operator(";")
    {
        run = before;
    }
    run
}

/// Tokens with one space where there was any.
fn loose(run: Run<'_>) -> String {
    let mut out = String::new();
    for (at, token) in run.iter().enumerate() {
        if at > 0 && !touch(&run[at - 1], token) {
            out.push(' ');
        }
        out.push_str(token.text);
    }
    out
}
