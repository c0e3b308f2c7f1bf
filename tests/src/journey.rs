//! A journey from one schema to another and back, on a real database with rows in it, and what must hold on the way.

use std::collections::BTreeMap;

use peristyle_schema::{
    Change, EnumValue, Name, ObjectKind, Pair, QualifiedName, Schema, TableEdit, Type,
};
use peristyle_sql::{DialectName, HazardKind, Plan, Reversible, Statement, Step};

use crate::engine::{Contents, Engine, Rows, difference, fresh};
use crate::facts::disagreement;

/// What leads from one schema to the other, both normalized.
#[derive(Debug)]
pub struct Journey<'a> {
    /// The two ends.
    pub schemas: Pair<&'a Schema>,
    /// The changes between them.
    pub changes: &'a [Change],
    /// The statements there.
    pub up: Vec<Statement>,
    /// The statements back.
    pub down: Vec<Statement>,
    /// What is promised of the way back.
    pub reversible: Reversible,
    /// Whether everything that goes is set aside, so that all rows come back even where something else does not.
    pub keeps: bool,
}

/// The statements of some steps.
pub fn statements(steps: &[Step]) -> Vec<Statement> {
    steps.iter().flat_map(|step| step.statements.iter().cloned()).collect()
}

impl<'a> Journey<'a> {
    /// The journey of a plan.
    pub fn of(schemas: Pair<&'a Schema>, changes: &'a [Change], plan: &Plan) -> Self {
        Self {
            schemas,
            changes,
            up: statements(&plan.up),
            down: statements(&plan.down),
            reversible: plan.reversible,
            keeps: keeps(plan),
        }
    }

    /// Goes there, back, and there again, and says the first thing that is not as it must be.
    ///
    /// The database holds the old schema and the rows that the journey is made with.
    pub fn travel(&self, engine: &dyn Engine) -> Result<(), String> {
        let before = engine.contents();
        let marks = engine.marks();
        let start = engine.facts();
        arrived(engine, self.schemas.old).map_err(|e| format!("before anything was done: {e}"))?;

        engine.migrate(&self.up).map_err(|e| format!("up: {e}"))?;
        self.at_the_new(engine, &before, &marks).map_err(|e| format!("after up: {e}"))?;
        if self.reversible == Reversible::No {
            return if self.down.is_empty() {
                Ok(())
            } else {
                Err("the plan says that there is no way back and shows one".to_owned())
            };
        }

        engine.migrate(&self.down).map_err(|e| format!("down: {e}"))?;
        arrived(engine, self.schemas.old).map_err(|e| format!("after down: {e}"))?;
        let told = disagreement(&start, &engine.facts());
        if !told.is_empty() {
            return Err(format!("after down, the database tells another story:\n{told}"));
        }
        self.rows_back(&before, &engine.contents())
            .and_then(|()| self.marks_back(engine, &marks))
            .map_err(|e| format!("after down: {e}"))?;
        let left = engine.leftovers();
        if !left.is_empty() {
            return Err(format!("after down, these stay in the database: {}", left.join(", ")));
        }

        engine.migrate(&self.up).map_err(|e| format!("up again: {e}"))?;
        arrived(engine, self.schemas.new).map_err(|e| format!("after up again: {e}"))
    }

    fn at_the_new(
        &self,
        engine: &dyn Engine,
        before: &Contents,
        marks: &Marks,
    ) -> Result<(), String> {
        arrived(engine, self.schemas.new)?;
        let dialect = engine.dialect();
        let other = fresh(dialect.name());
        let mut whole = self.schemas.new.clone();
        whole.tables.values_mut().for_each(|table| table.external = false);
        let made = dialect.create(&whole).map_err(|refusal| format!("{refusal:#?}"))?;
        other.migrate(&made).map_err(|e| format!("the new schema cannot be made afresh: {e}"))?;
        let externals = |engine: &dyn Engine| {
            let mut facts = engine.facts();
            for table in self.schemas.new.tables.values().filter(|table| table.external) {
                let name = table.name.to_string();
                facts.retain(|subject, _| {
                    *subject != name && !subject.starts_with(&format!("{name} "))
                });
            }
            facts
        };
        let told = disagreement(&externals(other.as_ref()), &externals(engine));
        if !told.is_empty() {
            return Err(format!(
                "the database tells another story than a database made afresh:\n{told}"
            ));
        }
        self.survivors(before, &engine.contents(), Way::There)?;
        self.marks(engine.dialect().name(), marks, &engine.marks(), Way::There)
    }

    /// The rows after the way back: all as they were, or those values that the plan did not drop.
    fn rows_back(&self, before: &Contents, after: &Contents) -> Result<(), String> {
        match self.reversible {
            Reversible::Yes => all_rows(before, after),
            Reversible::Partial if self.keeps => all_rows(before, after),
            Reversible::Partial => self.survivors(before, after, Way::ThereAndBack),
            Reversible::No => Ok(()),
        }
    }

    /// Compares, row by row, the columns that exist on both sides and whose values nobody asked to change.
    fn survivors(&self, before: &Contents, after: &Contents, way: Way) -> Result<(), String> {
        for (name, table) in &self.schemas.old.tables {
            let new_name = self.table_after(name);
            let Some(new_table) = self.schemas.new.tables.get(&new_name) else { continue };
            // The rows of a partition that goes are rows of its table, too, and those of a table that inherits from it.
            let loses_rows = |change: &Change| match change {
                Change::DropTable(gone) => {
                    gone.options.partition_of.as_ref().is_some_and(|of| of.table == *name)
                        || gone.options.inherits.contains(name)
                }
                _ => false,
            };
            if self.changes.iter().any(loses_rows) {
                continue;
            }
            let mut columns = Vec::new();
            for column in &table.columns {
                let new_column = self.column_after(&new_name, &column.name);
                if let Some(twin) = new_table.columns.get(&new_column)
                    && column.generated.is_none()
                    && twin.generated.is_none()
                    && twin.using.is_none()
                    && self.keeps_values(&column.data_type, &twin.data_type)
                    && (!column.nullable || twin.nullable)
                {
                    let there = match way {
                        Way::There => new_column,
                        Way::ThereAndBack => column.name.clone(),
                    };
                    columns.push((column.name.clone(), there));
                }
            }
            let arrived = match way {
                Way::There => &new_name,
                Way::ThereAndBack => name,
            };
            let olds: Vec<&str> = columns.iter().map(|(old, _)| old.as_str()).collect();
            let news: Vec<&str> = columns.iter().map(|(_, new)| new.as_str()).collect();
            let old_rows = project(before.get(&name.to_string()), &olds);
            let mut new_rows = project(after.get(&arrived.to_string()), &news);
            new_rows.columns.clone_from(&old_rows.columns);
            same_rows(&name.to_string(), &old_rows, &new_rows)?;
        }
        Ok(())
    }

    /// The marks after the way back: all as they were, or none lower where the plan promises less.
    fn marks_back(&self, engine: &dyn Engine, before: &Marks) -> Result<(), String> {
        let after = engine.marks();
        // A table that numbers no rows in between goes on behind its largest number.
        let (was, is) =
            (self.still_numbering(before, engine), self.still_numbering(&after, engine));
        match self.reversible {
            Reversible::Yes if was != is => {
                Err(format!("the tables had numbered their rows to {was:?} and have to {is:?}"))
            }
            Reversible::Yes | Reversible::No => Ok(()),
            Reversible::Partial => {
                self.marks(engine.dialect().name(), before, &after, Way::ThereAndBack)
            }
        }
    }

    /// The marks of the tables that go on numbering their rows there.
    fn still_numbering(&self, marks: &Marks, engine: &dyn Engine) -> Marks {
        let dialect = engine.dialect().name();
        let still = |name: &str| {
            let tables = self.schemas.old.tables.keys();
            let mut known = tables.filter(|table| table.to_string() == name);
            known.all(|table| {
                !numbers_for_ever(dialect, self.schemas.old, table)
                    || numbers_for_ever(dialect, self.schemas.new, &self.table_after(table))
            })
        };
        let kept = marks.iter().filter(|(name, _)| still(name));
        kept.map(|(name, mark)| (name.clone(), *mark)).collect()
    }

    /// A number once given is not given again: no mark of a surviving table is lower than it was.
    fn marks(
        &self,
        dialect: DialectName,
        before: &Marks,
        after: &Marks,
        way: Way,
    ) -> Result<(), String> {
        for (name, table) in &self.schemas.old.tables {
            let new_name = self.table_after(name);
            if !numbers_for_ever(dialect, self.schemas.old, &table.name)
                || !numbers_for_ever(dialect, self.schemas.new, &new_name)
            {
                continue;
            }
            let there = match way {
                Way::There => &new_name,
                Way::ThereAndBack => name,
            };
            let (was, is) = (before.get(&name.to_string()), after.get(&there.to_string()));
            if was > is {
                return Err(format!("the mark of {name} was {was:?} and is {is:?}"));
            }
        }
        Ok(())
    }

    /// Whether values of the one type are values of the other, unchanged.
    fn keeps_values(&self, old: &Type, new: &Type) -> bool {
        let among = |old: &[EnumValue], new: &[EnumValue]| {
            old.iter().all(|value| new.iter().any(|twin| twin.name == value.name))
        };
        match (old, new) {
            (Type::Values(old), Type::Values(new)) => among(old, new),
            (Type::Array(old), Type::Array(new)) => self.keeps_values(old, new),
            (Type::Enum(old), Type::Enum(new)) => {
                let of = |schema: &Schema, name| schema.enums.get(name).map(|e| e.values.clone());
                let types = (of(self.schemas.old, old), of(self.schemas.new, new));
                matches!(types, (Some(old), Some(new)) if among(&old, &new))
            }
            (Type::Native(old), Type::Native(new)) if old == new => {
                let fields = |schema: &Schema| {
                    let mut objects = schema.objects.values().filter(|object| {
                        object.id.kind == ObjectKind::CompositeType
                            && object.id.name.to_string() == *old
                    });
                    objects.next().map(|composite| composite.sql.clone())
                };
                fields(self.schemas.old) == fields(self.schemas.new)
            }
            _ => old == new,
        }
    }

    fn table_after(&self, name: &QualifiedName) -> QualifiedName {
        let renamed = self.changes.iter().find_map(|change| match change {
            Change::RenameTable(names) if names.old == *name => Some(names.new.clone()),
            _ => None,
        });
        renamed.unwrap_or_else(|| name.clone())
    }

    /// The name that a column has afterwards, in a table by the name that it has afterwards.
    fn column_after(&self, table: &QualifiedName, column: &Name) -> Name {
        let edits = self.changes.iter().filter_map(|change| match change {
            Change::AlterTable { table: altered, edits } if altered == table => Some(edits),
            _ => None,
        });
        let renamed = edits.flatten().find_map(|edit| match edit {
            TableEdit::RenameColumn(names) if names.old == *column => Some(names.new.clone()),
            _ => None,
        });
        renamed.unwrap_or_else(|| column.clone())
    }
}

/// Up to which number each table has numbered its rows.
type Marks = BTreeMap<String, i64>;

#[derive(Clone, Copy)]
enum Way {
    There,
    ThereAndBack,
}

/// Whether a table never gives a number twice.
fn numbers_for_ever(dialect: DialectName, schema: &Schema, name: &QualifiedName) -> bool {
    let Some(table) = schema.tables.get(name) else { return false };
    match dialect {
        DialectName::Sqlite => table.primary_key.as_ref().is_some_and(|key| key.autoincrement),
        DialectName::Postgres => table.columns.iter().any(|column| column.identity.is_some()),
    }
}

/// Whether the database holds this schema, by its own catalog, and is in good health.
pub fn arrived(engine: &dyn Engine, schema: &Schema) -> Result<(), String> {
    let held = engine.schema()?;
    let schema = &engine.in_its_words(schema.clone(), &held);
    for schemas in [Pair::new(schema, &held), Pair::new(&held, schema)] {
        // What another application owns is declared on one side only.
        let told = if schema.tables.values().any(|table| table.external) {
            difference(Pair::new(&held, schema))
        } else {
            difference(schemas)
        };
        if !told.is_empty() {
            return Err(format!("the catalog is not what it must be:\n{told}"));
        }
    }
    let ailments = engine.ailments();
    if ailments.is_empty() {
        Ok(())
    } else {
        Err(format!("the database finds: {}", ailments.join("; ")))
    }
}

/// Whether data goes and none of it for good. Which rows of a table without a key held nothing cannot be remembered.
pub fn keeps(plan: &Plan) -> bool {
    if plan.unrestored.iter().any(|told| told.ends_with("the value they were filled with")) {
        return false;
    }
    let mut kinds = plan.up.iter().flat_map(|step| &step.hazards).map(|hazard| hazard.kind);
    kinds.clone().any(|kind| kind == HazardKind::DataKept)
        && kinds.all(|kind| kind != HazardKind::DataLoss)
}

fn all_rows(before: &Contents, after: &Contents) -> Result<(), String> {
    let none = Rows::default();
    before
        .iter()
        .try_for_each(|(table, rows)| same_rows(table, rows, after.get(table).unwrap_or(&none)))
}

fn project(rows: Option<&Rows>, columns: &[&str]) -> Rows {
    let Some(rows) = rows else { return Rows::default() };
    let at = |name: &&str| rows.columns.iter().position(|column| column == name);
    let places: Vec<usize> = columns.iter().filter_map(at).collect();
    let pick = |row: &Vec<String>| places.iter().map(|place| row[*place].clone()).collect();
    let mut picked: Vec<Vec<String>> = rows.rows.iter().map(pick).collect();
    picked.sort();
    Rows { columns: columns.iter().map(|&column| column.to_owned()).collect(), rows: picked }
}

/// Compares rows; the columns may stand in another order.
fn same_rows(table: &str, before: &Rows, after: &Rows) -> Result<(), String> {
    let columns: Vec<&str> = before.columns.iter().map(String::as_str).collect();
    let aligned = project(Some(after), &columns);
    if before.rows == aligned.rows {
        return Ok(());
    }
    let missing = before.rows.iter().find(|row| !aligned.rows.contains(row));
    let strange = aligned.rows.iter().find(|row| !before.rows.contains(row));
    Err(format!(
        "the rows of {table} ({}) are not what they were: {} were, {} are; missing {missing:?}, strange {strange:?}",
        columns.join(", "),
        before.rows.len(),
        aligned.rows.len(),
    ))
}
