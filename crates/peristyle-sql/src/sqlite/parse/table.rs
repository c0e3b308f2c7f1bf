//! `CREATE TABLE`.

use peristyle_schema::{Deferrable, Diagnostic, Name, TableOptions};

use super::{ColumnDefinition, Conflict, Constrained, Cursor, ReferenceClause, Run, SortedPart};

/// A table as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct CreateTable<'t> {
    /// Its name.
    pub name: Name,
    /// Its columns.
    pub columns: Vec<ColumnDefinition<'t>>,
    /// The constraints behind its columns.
    pub clauses: Vec<Constrained<TableClause<'t>>>,
    /// The options behind the parenthesis.
    pub options: TableOptions,
}

/// A constraint behind the columns of a table.
#[derive(Debug)]
pub(in crate::sqlite) enum TableClause<'t> {
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// Its columns.
        parts: Vec<SortedPart<'t>>,
        /// `ON CONFLICT`.
        conflict: Conflict,
        /// `AUTOINCREMENT`.
        autoincrement: bool,
    },
    /// `UNIQUE`.
    Unique {
        /// Its columns.
        parts: Vec<SortedPart<'t>>,
        /// `ON CONFLICT`.
        conflict: Conflict,
    },
    /// `CHECK`.
    Check(Run<'t>),
    /// `FOREIGN KEY`.
    ForeignKey {
        /// The referencing columns.
        columns: Vec<Name>,
        /// What they reference.
        references: ReferenceClause,
        /// `DEFERRABLE` and the like.
        deferrable: Deferrable,
    },
}

/// Reads a `CREATE TABLE` statement.
pub(in crate::sqlite) fn table<'t>(mut cursor: Cursor<'t>) -> Result<CreateTable<'t>, Diagnostic> {
    cursor.create(&["TABLE"])?;
    let name = cursor.object_name()?;
    cursor.expect_operator("(")?;
    let mut table = CreateTable {
        name,
        columns: vec![cursor.column()?],
        clauses: Vec::new(),
        options: TableOptions::default(),
    };
    while cursor.operator(",") {
        if cursor.sees_table_clause() {
            cursor.table_clauses(&mut table.clauses)?;
            break;
        }
        table.columns.push(cursor.column()?);
    }
    cursor.expect_operator(")")?;
    table.options = cursor.table_options()?;
    cursor.end()?;
    Ok(table)
}

impl<'t> Cursor<'t> {
    fn sees_table_clause(&self) -> bool {
        ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]
            .iter()
            .any(|word| self.sees(&[word]))
    }

    /// The constraints up to the closing parenthesis; the comma between two may be missing.
    fn table_clauses(
        &mut self,
        clauses: &mut Vec<Constrained<TableClause<'t>>>,
    ) -> Result<(), Diagnostic> {
        loop {
            let name = self.constraint_name()?;
            if let Some(clause) = self.table_clause()? {
                clauses.push(Constrained { name, clause });
            } else if name.is_none() {
                return Err(self.unexpected("PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY"));
            }
            self.operator(",");
            if !self.sees_table_clause() {
                return Ok(());
            }
        }
    }

    fn table_clause(&mut self) -> Result<Option<TableClause<'t>>, Diagnostic> {
        let clause = if self.words(&["PRIMARY", "KEY"]) {
            let (parts, autoincrement) = self.sorted_parts()?;
            TableClause::PrimaryKey { parts, conflict: self.conflict()?, autoincrement }
        } else if self.word("UNIQUE") {
            let (parts, _) = self.sorted_parts()?;
            TableClause::Unique { parts, conflict: self.conflict()? }
        } else if self.word("CHECK") {
            let expr = self.group()?;
            self.conflict()?;
            TableClause::Check(expr)
        } else if self.words(&["FOREIGN", "KEY"]) {
            let columns = self.column_names()?;
            self.expect_word("REFERENCES")?;
            let references = self.references()?;
            let deferrable = self.deferrable().unwrap_or_default();
            TableClause::ForeignKey { columns, references, deferrable }
        } else {
            return Ok(None);
        };
        Ok(Some(clause))
    }

    fn table_options(&mut self) -> Result<TableOptions, Diagnostic> {
        let mut options = TableOptions::default();
        loop {
            if self.words(&["WITHOUT", "ROWID"]) {
                options.without_rowid = true;
            } else if self.word("STRICT") {
                options.strict = true;
            } else if !self.operator(",") {
                return Ok(options);
            }
        }
    }
}
