//! The clauses that columns, tables and indexes share.

use peristyle_schema::{Action, Deferrable, Diagnostic, Name, Order};

use super::{Cursor, Run};
use crate::lexer::{Kind, Token};

/// `ON CONFLICT`: what happens to a row that breaks a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqlite) enum Conflict {
    /// Nothing is said, or what SQLite does anyway.
    Abort,
    /// Another algorithm is named.
    Other,
}

/// One part of a key: `name COLLATE NOCASE DESC`.
#[derive(Debug)]
pub(in crate::sqlite) struct SortedPart<'t> {
    /// What is sorted by, a collation included.
    pub key: Run<'t>,
    /// In which direction.
    pub order: Order,
}

/// `REFERENCES` and what follows it.
#[derive(Debug)]
pub(in crate::sqlite) struct ReferenceClause {
    /// The referenced table.
    pub table: Name,
    /// The referenced columns; empty for the table's primary key.
    pub columns: Vec<Name>,
    /// `ON DELETE`.
    pub on_delete: Action,
    /// `ON UPDATE`.
    pub on_update: Action,
}

impl<'t> Cursor<'t> {
    /// Takes `CONSTRAINT name`, as often as it comes; the last one counts.
    pub(super) fn constraint_name(&mut self) -> Result<Option<Name>, Diagnostic> {
        let mut name = None;
        while self.word("CONSTRAINT") {
            name = Some(self.name()?);
        }
        Ok(name)
    }

    pub(super) fn conflict(&mut self) -> Result<Conflict, Diagnostic> {
        if !self.words(&["ON", "CONFLICT"]) {
            return Ok(Conflict::Abort);
        }
        if self.word("ABORT") {
            return Ok(Conflict::Abort);
        }
        if ["ROLLBACK", "FAIL", "IGNORE", "REPLACE"].iter().any(|word| self.word(word)) {
            return Ok(Conflict::Other);
        }
        Err(self.unexpected("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE"))
    }

    pub(super) fn references(&mut self) -> Result<ReferenceClause, Diagnostic> {
        let table = self.name()?;
        let columns = if self.peek().is_some_and(|t| t.is_operator("(")) {
            self.column_names()?
        } else {
            Vec::new()
        };
        let mut clause = ReferenceClause {
            table,
            columns,
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
        };
        loop {
            if self.words(&["ON", "DELETE"]) {
                clause.on_delete = self.action()?;
            } else if self.words(&["ON", "UPDATE"]) {
                clause.on_update = self.action()?;
            } else if self.words(&["ON", "INSERT"]) {
                // The grammar takes it, SQLite does nothing with it.
                self.action()?;
            } else if self.word("MATCH") {
                self.name()?;
            } else {
                return Ok(clause);
            }
        }
    }

    fn action(&mut self) -> Result<Action, Diagnostic> {
        for (words, action) in [
            (["SET", "NULL"].as_slice(), Action::SetNull),
            (&["SET", "DEFAULT"], Action::SetDefault),
            (&["CASCADE"], Action::Cascade),
            (&["RESTRICT"], Action::Restrict),
            (&["NO", "ACTION"], Action::NoAction),
        ] {
            if self.words(words) {
                return Ok(action);
            }
        }
        Err(self.unexpected("SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION"))
    }

    /// Takes `DEFERRABLE` with what belongs to it, if it comes next.
    pub(super) fn deferrable(&mut self) -> Option<Deferrable> {
        let not = self.words(&["NOT", "DEFERRABLE"]);
        if !not && !self.word("DEFERRABLE") {
            return None;
        }
        let deferred = self.words(&["INITIALLY", "DEFERRED"]);
        if !deferred {
            self.words(&["INITIALLY", "IMMEDIATE"]);
        }
        Some(match (not, deferred) {
            (true, _) => Deferrable::Not,
            (false, true) => Deferrable::InitiallyDeferred,
            (false, false) => Deferrable::InitiallyImmediate,
        })
    }

    /// A list of columns in parentheses. The grammar takes a collation and an order here for old databases' sake and
    /// SQLite does nothing with them.
    pub(super) fn column_names(&mut self) -> Result<Vec<Name>, Diagnostic> {
        self.list(|cursor| {
            let name = cursor.name()?;
            if cursor.word("COLLATE") {
                cursor.name()?;
            }
            let _ = cursor.word("ASC") || cursor.word("DESC");
            Ok(name)
        })
    }

    pub(super) fn order(&mut self) -> Order {
        if self.word("DESC") {
            return Order::Descending;
        }
        self.word("ASC");
        Order::Ascending
    }

    /// The parts of a key in parentheses, and whether `AUTOINCREMENT` stands behind them.
    pub(super) fn sorted_parts(&mut self) -> Result<(Vec<SortedPart<'t>>, bool), Diagnostic> {
        let mut inside = self.group()?;
        let mut autoincrement = false;
        if let [before @ .., last] = inside
            && last.is_word("AUTOINCREMENT")
        {
            inside = before;
            autoincrement = true;
        }
        let parts: Vec<_> = split_list(inside).into_iter().map(sorted_part).collect();
        match parts.iter().any(|part| part.key.is_empty()) {
            true => Err(self.unexpected("a name")),
            false => Ok((parts, autoincrement)),
        }
    }
}

fn sorted_part<'t>(mut run: Run<'t>) -> SortedPart<'t> {
    let mut order = Order::Ascending;
    if let [before @ .., nulls, end] = run
        && nulls.is_word("NULLS")
        && (end.is_word("FIRST") || end.is_word("LAST"))
        && !before.is_empty()
    {
        run = before;
    }
    if let [before @ .., last] = run
        && (last.is_word("ASC") || last.is_word("DESC"))
        && !before.is_empty()
    {
        if last.is_word("DESC") {
            order = Order::Descending;
        }
        run = before;
    }
    SortedPart { key: run, order }
}

/// Cuts a run of tokens at the commas that stand in no parenthesis.
pub(super) fn split_list<'t>(run: Run<'t>) -> Vec<Run<'t>> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, token) in run.iter().enumerate() {
        match (token.kind, token.text) {
            (Kind::Operator, "(") => depth += 1,
            (Kind::Operator, ")") => depth = depth.saturating_sub(1),
            (Kind::Operator, ",") if depth == 0 => {
                items.push(&run[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&run[start..]);
    items
}

/// Whether two tokens touch in the text.
pub(super) fn touch(before: &Token<'_>, after: &Token<'_>) -> bool {
    before.end() == after.start
}
