//! Reading the catalog, and asking how the server prints things.

use peristyle_schema::Schema;
use peristyle_sql::Answer;

use super::Postgres;
use super::wire::Status;
use crate::connection::cell;
use crate::{Catalog, Connection, Error};

/// What printing depends on, for this transaction alone.
pub(super) const PRINTING: &str = "SET LOCAL search_path = public; SET LOCAL TimeZone = 'UTC'; \
    SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres'; \
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; \
    SET LOCAL quote_all_identifiers = off; SET LOCAL jit = off; SET LOCAL standard_conforming_strings = on";

/// Undoes what was set and made while something was asked inside of an open transaction.
const SAVEPOINT: &str = "_peristyle_asking";

impl Postgres {
    /// Runs something whose settings and works are undone, whatever comes of it.
    fn asking<T>(
        &mut self,
        begin: &str,
        ask: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let open = self.wire.status() != Status::Idle;
        let begun = if open {
            self.simple(&format!("SAVEPOINT {SAVEPOINT}; {PRINTING}"))
        } else {
            self.simple(&format!("{begin}; {PRINTING}"))
        };
        let answer = begun.and_then(|()| ask(self));
        let undone = if open {
            self.simple(&format!("ROLLBACK TO {SAVEPOINT}; RELEASE {SAVEPOINT}"))
        } else {
            self.simple("ROLLBACK")
        };
        let answer = answer?;
        undone?;
        Ok(answer)
    }

    /// Every question is asked before the first answer is read, and all of them about one instant.
    pub(super) fn read_catalog(&mut self) -> Result<Catalog, Error> {
        let dialect = self.dialect();
        let questions = dialect.catalog();
        let answers = self.asking("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", |this| {
            for question in questions {
                this.ask(question.sql, &[])?;
            }
            let mut answers: Vec<Answer> = Vec::new();
            let mut failed = None;
            for question in questions {
                match this.answer(question.sql) {
                    Ok((rows, _)) => answers.push(
                        rows.rows
                            .into_iter()
                            .map(|row| row.into_iter().map(cell).collect())
                            .collect(),
                    ),
                    Err(error) if this.wire.is_broken() => return Err(error),
                    Err(error) => {
                        failed.get_or_insert(error);
                    }
                }
            }
            failed.map_or(Ok(answers), Err)
        })?;
        let (schema, notes) = dialect.read_catalog(&answers).map_err(Error::Catalog)?;
        Ok(Catalog { schema, notes })
    }

    /// Makes what the dialect wants to see printed, and undoes it.
    pub(super) fn canonical_texts(
        &mut self,
        declared: Schema,
        live: &Schema,
    ) -> Result<Schema, Error> {
        let dialect = self.dialect();
        let mut begun = false;
        let mut lost = None;
        let open = self.wire.status() != Status::Idle;
        let schema = dialect.canonical(declared, live, &mut |statements, question| {
            if lost.is_some() {
                return None;
            }
            if !begun && !open {
                begun = true;
                lost = self.simple(&format!("BEGIN; {PRINTING}")).err();
            }
            match self.printed(statements, question) {
                Ok(answer) => answer,
                Err(error) => {
                    lost = Some(error);
                    None
                }
            }
        });
        if begun && !self.wire.is_broken() {
            self.simple("ROLLBACK")?;
        }
        lost.map_or(Ok(schema), Err)
    }

    /// One question, between a savepoint and its undoing. That the server refuses is an answer; that it is gone is not.
    fn printed(&mut self, statements: &[String], question: &str) -> Result<Option<Answer>, Error> {
        self.simple(&format!("SAVEPOINT {SAVEPOINT}; {PRINTING}"))?;
        let made = statements.iter().try_for_each(|statement| self.simple(statement));
        let answer = made.and_then(|()| {
            self.ask(question, &[])?;
            self.answer(question)
        });
        if self.wire.is_broken() {
            return answer.map(|_| None);
        }
        self.simple(&format!("ROLLBACK TO {SAVEPOINT}; RELEASE {SAVEPOINT}"))?;
        Ok(answer.ok().map(|(rows, _)| {
            rows.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
        }))
    }
}
