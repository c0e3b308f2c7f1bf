//! The head of a statement that makes an object: what it makes, and the statement in the catalog's form of the head.

use peristyle_schema::{Diagnostic, Name, ObjectId, ObjectKind, QualifiedName};

use super::cursor::Cursor;
use super::{arguments, grant, local};
use crate::postgres::quote;

/// What a statement makes.
#[derive(Debug)]
pub(super) struct Head {
    /// What identifies it.
    pub id: ObjectId,
    /// The table or view it belongs to.
    pub on: Option<QualifiedName>,
    /// The statement.
    pub sql: String,
}

/// Reads a `CREATE`, `GRANT` or `REVOKE` statement.
pub(super) fn read(sql: &str) -> Result<Head, Diagnostic> {
    let tokens = crate::postgres::tokens::significant(sql)?;
    let mut cursor = Cursor::new(sql, &tokens);
    if cursor.word("GRANT") {
        return grant::read(&mut cursor);
    }
    if cursor.word("REVOKE") {
        return grant::read_revoke(&mut cursor);
    }
    cursor.expect_word("CREATE")?;
    let replaced = cursor.words(&["OR", "REPLACE"]);
    let mut reader = Reader { cursor, prefix: "CREATE".to_owned() };
    reader.object(replaced)
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    /// The words of the head that are kept.
    prefix: String,
}

impl<'t> Reader<'t> {
    fn object(&mut self, replaced: bool) -> Result<Head, Diagnostic> {
        if self.keep(&["SCHEMA"]) {
            return self.namespace();
        }
        if self.keep(&["EXTENSION"]) {
            return self.extension();
        }
        if self.keep(&["FUNCTION"]) || self.keep(&["PROCEDURE"]) {
            return self.routine();
        }
        if self.keep(&["RECURSIVE", "VIEW"]) || self.keep(&["VIEW"]) {
            return self.view(ObjectKind::View);
        }
        if self.keep(&["MATERIALIZED", "VIEW"]) {
            return self.view(ObjectKind::MaterializedView);
        }
        if self.keep(&["CONSTRAINT", "TRIGGER"]) || self.keep(&["TRIGGER"]) {
            return self.on_table(ObjectKind::Trigger);
        }
        if replaced {
            return Err(self.cursor.unexpected("VIEW, FUNCTION, PROCEDURE or TRIGGER"));
        }
        if self.keep(&["POLICY"]) {
            return self.on_table(ObjectKind::Policy);
        }
        if self.keep(&["DOMAIN"]) {
            return self.named(ObjectKind::Domain);
        }
        if self.keep(&["SEQUENCE"]) || self.keep(&["UNLOGGED", "SEQUENCE"]) {
            return self.named(ObjectKind::Sequence);
        }
        if self.keep(&["TYPE"]) {
            return self.composite_or_range();
        }
        if self.keep(&["UNIQUE", "INDEX"]) || self.keep(&["INDEX"]) {
            return self.index();
        }
        Err(self.cursor.unexpected(
            "SCHEMA, EXTENSION, TYPE, DOMAIN, SEQUENCE, FUNCTION, PROCEDURE, VIEW, MATERIALIZED VIEW, INDEX, TRIGGER or POLICY",
        ))
    }

    /// Takes these words if they come next, and keeps them.
    fn keep(&mut self, words: &[&str]) -> bool {
        let found = self.cursor.words(words);
        if found {
            for word in words {
                self.prefix.push(' ');
                self.prefix.push_str(word);
            }
        }
        found
    }

    /// Takes the name, with its namespace, and keeps it.
    fn name(&mut self) -> Result<QualifiedName, Diagnostic> {
        self.cursor.words(&["IF", "NOT", "EXISTS"]);
        let name = local(self.cursor.qualified_name()?);
        self.prefix.push(' ');
        self.prefix.push_str(&quote::qualified(&name));
        Ok(name)
    }

    /// The statement: the head that was kept, and all that is left as it is written.
    fn whole(&mut self) -> Result<String, Diagnostic> {
        let rest = self.cursor.rest()?;
        let mut sql = std::mem::take(&mut self.prefix);
        if !rest.is_empty() {
            if !rest.starts_with('(') || sql.ends_with(" AS") {
                sql.push(' ');
            }
            sql.push_str(rest);
        }
        Ok(sql)
    }

    fn namespace(&mut self) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        if !self.cursor.at_end() {
            return Err(self.cursor.unexpected("the end").help(
                "write `CREATE SCHEMA` and a name alone: who owns it is not declared, and what stands in it is declared by itself",
            ));
        }
        let sql = self.whole()?;
        Ok(Head { id: ObjectId::new(ObjectKind::Namespace, name.name), on: None, sql })
    }

    fn extension(&mut self) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        self.cursor.word("WITH");
        if self.cursor.word("SCHEMA") {
            let namespace = self.cursor.name()?;
            if namespace != "public" {
                self.prefix.push_str(" WITH SCHEMA ");
                self.prefix.push_str(&quote::quote(&namespace));
            }
        }
        if !self.cursor.at_end() {
            return Err(self.cursor.unexpected("the end").help(
                "leave VERSION and CASCADE out: the server's own version is taken, and each extension is declared by itself",
            ));
        }
        let sql = self.whole()?;
        Ok(Head { id: ObjectId::new(ObjectKind::Extension, name.name), on: None, sql })
    }

    /// A function's identity has the types of its arguments in it.
    fn routine(&mut self) -> Result<Head, Diagnostic> {
        let mut name = self.name()?;
        let mut ahead = self.cursor.clone();
        let types = arguments::types(&mut ahead)?;
        name.name = Name::new(format!("{}({})", name.name, types.join(", ")));
        let sql = self.whole()?;
        Ok(Head { id: ObjectId::new(ObjectKind::Function, name), on: None, sql })
    }

    fn view(&mut self, kind: ObjectKind) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        if !self.cursor.word("AS") {
            let mut ahead = self.cursor.clone();
            while !ahead.word("AS") {
                if ahead.at_end() {
                    return Err(ahead.unexpected("AS"));
                }
                ahead.skip()?;
            }
            let sql = self.whole()?;
            return Ok(Head { id: ObjectId::new(kind, name), on: None, sql });
        }
        let query = self.cursor.rest()?;
        if query.is_empty() {
            return Err(self.cursor.unexpected("SELECT"));
        }
        let sql = format!("{} AS\n{query}", self.prefix);
        Ok(Head { id: ObjectId::new(kind, name), on: None, sql })
    }

    /// A trigger or a policy: its name is unique on its table alone.
    fn on_table(&mut self, kind: ObjectKind) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        let mut ahead = self.cursor.clone();
        while !ahead.word("ON") {
            if ahead.at_end() {
                return Err(ahead.unexpected("ON"));
            }
            ahead.skip()?;
        }
        let on = local(ahead.qualified_name()?);
        let id = ObjectId { of: Some(on.clone()), ..ObjectId::new(kind, name.name) };
        let sql = self.whole()?;
        Ok(Head { id, on: Some(on), sql })
    }

    fn named(&mut self, kind: ObjectKind) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        let sql = self.whole()?;
        Ok(Head { id: ObjectId::new(kind, name), on: None, sql })
    }

    fn composite_or_range(&mut self) -> Result<Head, Diagnostic> {
        let name = self.name()?;
        let mut ahead = self.cursor.clone();
        ahead.expect_word("AS")?;
        let kind = if ahead.sees_operator("(") {
            ObjectKind::CompositeType
        } else if ahead.sees(&["RANGE"]) {
            ObjectKind::RangeType
        } else if ahead.sees(&["ENUM"]) {
            return Err(ahead
                .unexpected("( or RANGE")
                .help("declare an enumerated type as a Rust enum: `#[derive(Enum)]`"));
        } else {
            return Err(ahead.unexpected("( or RANGE"));
        };
        let sql = self.whole()?;
        Ok(Head { id: ObjectId::new(kind, name), on: None, sql })
    }

    /// An index of a materialized view; it stands in the view's namespace.
    fn index(&mut self) -> Result<Head, Diagnostic> {
        self.cursor.word("CONCURRENTLY");
        self.cursor.words(&["IF", "NOT", "EXISTS"]);
        let name = self.cursor.name()?;
        self.cursor.expect_word("ON")?;
        self.cursor.word("ONLY");
        let on = local(self.cursor.qualified_name()?);
        self.prefix.push_str(&format!(" {} ON {}", quote::quote(&name), quote::qualified(&on)));
        if !self.cursor.word("USING") {
            self.prefix.push_str(" USING btree");
        } else {
            let method = self.cursor.name()?;
            self.prefix.push_str(" USING ");
            self.prefix.push_str(&quote::quote(&method));
        }
        let rest = self.cursor.rest()?;
        let sql = format!("{} {rest}", self.prefix);
        let name = QualifiedName { namespace: on.namespace.clone(), name };
        Ok(Head { id: ObjectId::new(ObjectKind::ViewIndex, name), on: Some(on), sql })
    }
}
