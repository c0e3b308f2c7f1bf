//! A table as a struct.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{
    Check, Column, Deferrable, Exclusion, Expr, ForeignKey, Identity, Index, IndexKey, Name, Nulls,
    Only, Order, RowSecurity, Schema, Table, TablePart, Unique, naming,
};

use super::column;
use super::names::{self, Names};
use super::reference::{self, Way, is_id_type, is_key};
use super::writer::{Writer, literal};
use crate::convention;
use crate::parse::FLAGS;

pub(super) fn write(out: &mut Writer, schema: &Schema, names: &Names, table: &Table) {
    let printer = Printer {
        schema,
        names,
        table,
        fields: names::fields(table),
        ways: reference::ways(schema, table),
        field_checks: field_checks(table),
    };
    printer.write(out);
}

struct Printer<'a> {
    schema: &'a Schema,
    names: &'a Names,
    table: &'a Table,
    fields: BTreeMap<Name, String>,
    /// How each foreign key is written.
    ways: Vec<Way<'a>>,
    /// The checks that stand on a field: by their place in the table, and the column.
    field_checks: BTreeMap<usize, Name>,
}

impl Printer<'_> {
    fn write(&self, out: &mut Writer) {
        let rust = self.names.table(&self.table.name);
        out.line("", "");
        out.doc("", self.table.doc.as_deref());
        for clause in &self.table.unmodelled {
            out.line("", &format!("// Not declared here: {}", clause.replace(['\n', '\r'], " ")));
        }
        out.derive("Table", "Debug, Clone, PartialEq");
        let options = self.options(rust);
        if !options.is_empty() {
            out.attribute("", "table", &options);
        }
        self.write_key(out);
        for unique in self.table.uniques.iter().filter(|unique| !self.is_on_field(unique)) {
            out.attribute("", "unique", &self.unique(unique));
        }
        for index in &self.table.indexes {
            out.attribute("", "index", &self.index(index));
        }
        for (at, check) in self.table.checks.iter().enumerate() {
            if !self.field_checks.contains_key(&at) {
                out.attribute("", "check", &check_entries(check));
            }
        }
        for exclusion in &self.table.exclusions {
            out.attribute("", "exclude", &exclusion_entries(exclusion));
        }
        for only in &self.table.only {
            self.write_only(out, only);
        }
        for (key, way) in self.table.foreign_keys.iter().zip(&self.ways) {
            self.write_foreign_key(out, key, way);
        }
        super::write_triggers(out, self.schema, &self.table.name);
        if self.table.columns.is_empty() {
            return out.line("", &format!("pub struct {rust} {{}}"));
        }
        out.line("", &format!("pub struct {rust} {{"));
        for column in &self.table.columns {
            self.write_column(out, column);
        }
        out.line("", "}");
    }

    fn options(&self, rust: &str) -> Vec<String> {
        let mut options = Vec::new();
        let usual = convention::table_name(rust) == self.table.name.name.as_str();
        match &self.table.name.namespace {
            Some(namespace) if usual => options.push(format!("schema = {}", literal(namespace))),
            None if usual => {}
            Some(_) | None => {
                let name = self.table.name.to_string();
                options.push(format!("name = {}", literal(&name)));
            }
        }
        let flags = [
            ("strict", self.table.options.strict),
            ("without_rowid", self.table.options.without_rowid),
            ("external", self.table.external),
        ];
        options.extend(flags.iter().filter(|(_, on)| *on).map(|(word, _)| (*word).to_owned()));
        self.storage(&mut options);
        options
    }

    /// How PostgreSQL stores and divides the table.
    fn storage(&self, options: &mut Vec<String>) {
        let held = &self.table.options;
        if held.unlogged {
            options.push("unlogged".to_owned());
        }
        if let Some(by) = &held.partition_by {
            options.push(format!("partition_by = {}", literal(by.as_str())));
        }
        if let Some(partition) = &held.partition_of {
            let parent = self.names.table(&partition.table);
            let bound = literal(partition.bound.as_str());
            options.push(format!("partition_of({parent}, {bound})"));
        }
        if !held.inherits.is_empty() {
            let parents: Vec<&str> =
                held.inherits.iter().map(|name| self.names.table(name)).collect();
            options.push(format!("inherits({})", parents.join(", ")));
        }
        match held.row_security {
            RowSecurity::Off => {}
            RowSecurity::Enabled => options.push("row_security = enabled".to_owned()),
            RowSecurity::Forced => options.push("row_security = forced".to_owned()),
        }
        options.extend(parameters("storage", &held.storage));
    }

    /// Writes what one dialect alone has.
    fn write_only(&self, out: &mut Writer, only: &Only) {
        let (word, mut entries) = match &only.part {
            TablePart::Check(check) => ("check", check_entries(check)),
            TablePart::Unique(unique) => ("unique", self.unique(unique)),
            TablePart::Index(index) => ("index", self.index(index)),
            TablePart::Exclusion(exclusion) => ("exclude", exclusion_entries(exclusion)),
        };
        entries.push(only.dialect.to_string());
        out.attribute("", word, &entries);
    }

    /// A key of several columns stands on the struct.
    fn write_key(&self, out: &mut Writer) {
        let Some(key) = &self.table.primary_key else { return };
        if let [_] = key.columns.as_slice() {
            return;
        }
        let mut entries = self.field_list(&key.columns);
        entries.extend(key.name.as_ref().map(|name| format!("name = {}", literal(name))));
        out.attribute("", "key", &entries);
    }

    fn write_column(&self, out: &mut Writer, column: &Column) {
        let field = &self.fields[&column.name];
        out.doc("    ", column.doc.as_deref());
        let reference = self.field_reference(column);
        let id = match &reference {
            Some((_, Way::Id(target))) => Some(*target),
            None if is_key(self.table, column) && is_id_type(&column.data_type) => Some(self.table),
            _ => None,
        };
        let numbered = self.write_field_key(out, column, id);
        if self.is_single_unique(column) {
            out.attribute("    ", "unique", &[]);
        }
        if let Some((key, way)) = reference {
            self.write_reference(out, key, way);
        }
        let (rust, stated) = match id {
            Some(target) => {
                out.uses("Id");
                (format!("Id<{}>", self.names.table(&target.name)), None)
            }
            None => {
                let written = column::rust_type(out, self.names, self.table, column);
                (written.rust, written.stated)
            }
        };
        let mut options = Vec::new();
        // Rust brings letters beyond ASCII to one normal form, which may not be the database's.
        if convention::column_name(field) != column.name.as_str() || !column.name.is_ascii() {
            options.push(format!("name = {}", literal(&column.name)));
        }
        let in_key =
            self.table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name));
        if in_key && column.nullable {
            options.push("nullable".to_owned());
        }
        options.extend(stated.map(|stated| format!("type = {stated}")));
        options.append(&mut column::options(self.names, self.table, column, numbered));
        for (at, _) in self.field_checks.iter().filter(|(_, name)| **name == column.name) {
            options.push(format!("check = {}", literal(self.table.checks[*at].expr.as_str())));
        }
        if !options.is_empty() {
            out.attribute("    ", "column", &options);
        }
        let rust = if column.nullable && !in_key { format!("Option<{rust}>") } else { rust };
        out.line("    ", &format!("pub {field}: {rust},"));
    }

    /// Writes `#[key]` on a field; whether it says that the database numbers the column.
    fn write_field_key(&self, out: &mut Writer, column: &Column, id: Option<&Table>) -> bool {
        let Some(key) = self.table.primary_key.as_ref().filter(|_| is_key(self.table, column))
        else {
            return false;
        };
        let mut entries = Vec::new();
        let auto = column.identity == Some(Identity::ByDefault);
        if key.autoincrement {
            entries.push("autoincrement".to_owned());
        } else if auto {
            entries.push("auto".to_owned());
        } else if id.is_some_and(|target| target.name == self.table.name) {
            entries.push(format!("type = {}", column.data_type));
        }
        entries.extend(key.name.as_ref().map(|name| format!("name = {}", literal(name))));
        out.attribute("    ", "key", &entries);
        key.autoincrement || auto
    }

    /// Writes `#[references]` on a field.
    fn write_reference(&self, out: &mut Writer, key: &ForeignKey, way: &Way<'_>) {
        let mut entries = Vec::new();
        if let Way::Field(target) = way {
            entries.push(self.names.table(&target.name).to_owned());
            let is_key =
                target.primary_key.as_ref().is_some_and(|pk| pk.columns == key.references.columns);
            if let ([column], false) = (key.references.columns.as_slice(), is_key) {
                entries.push(format!("column = {}", foreign_field(target, column)));
            }
        }
        entries.append(&mut reference::rules(key));
        if !entries.is_empty() {
            out.attribute("    ", "references", &entries);
        }
    }

    /// Writes `#[foreign_key]` on the struct.
    fn write_foreign_key(&self, out: &mut Writer, key: &ForeignKey, way: &Way<'_>) {
        let references = match way {
            Way::Id(_) | Way::Field(_) => return,
            Way::Struct(target) => {
                let fields: Vec<String> =
                    key.references.columns.iter().map(|c| foreign_field(target, c)).collect();
                format!("{}({})", self.names.table(&target.name), fields.join(", "))
            }
            Way::ByName => {
                let mut names = vec![literal(&key.references.table.to_string())];
                names.extend(key.references.columns.iter().map(|column| literal(column)));
                format!("table({})", names.join(", "))
            }
        };
        let mut entries = vec![
            format!("columns({})", self.field_list(&key.columns).join(", ")),
            format!("references = {references}"),
        ];
        if !key.set_columns.is_empty() {
            let fields = self.field_list(&key.set_columns).join(", ");
            entries.push(format!("set_columns({fields})"));
        }
        entries.append(&mut reference::rules(key));
        out.attribute("", "foreign_key", &entries);
    }

    /// The foreign key that stands on a column's field.
    fn field_reference(&self, column: &Column) -> Option<(&ForeignKey, &Way<'_>)> {
        self.table.foreign_keys.iter().zip(&self.ways).find(|(key, way)| {
            matches!(way, Way::Id(_) | Way::Field(_)) && key.columns == [column.name.clone()]
        })
    }

    fn unique(&self, unique: &Unique) -> Vec<String> {
        let mut entries = self.field_list(&unique.columns);
        if unique.nulls_not_distinct {
            entries.push("nulls_not_distinct".to_owned());
        }
        entries.extend(deferrable(unique.deferrable));
        entries.extend(unique.name.as_ref().map(|name| format!("name = {}", literal(name))));
        entries
    }

    /// Whether a unique constraint is written as a bare `#[unique]` on its field.
    fn is_on_field(&self, unique: &Unique) -> bool {
        unique.columns.len() == 1
            && unique.name.is_none()
            && !unique.nulls_not_distinct
            && unique.deferrable == Default::default()
    }

    fn is_single_unique(&self, column: &Column) -> bool {
        let only = [column.name.clone()];
        self.table.uniques.iter().any(|unique| unique.columns == only && self.is_on_field(unique))
    }

    /// An index as its struct can say it: a column of a table that it inherits from is no field, and stands there as an
    /// expression.
    fn spoken(&self, index: &Index) -> Index {
        let mut spoken = index.clone();
        let options = &self.table.options;
        if options.inherits.is_empty() && options.partition_of.is_none() {
            return spoken;
        }
        for part in &mut spoken.parts {
            if let IndexKey::Column(name) = &part.key
                && !self.table.columns.contains(name)
            {
                let quoted = format!("\"{}\"", name.replace('"', "\"\""));
                part.key = IndexKey::Expr(Expr::new(quoted));
            }
        }
        spoken
    }

    fn index(&self, index: &Index) -> Vec<String> {
        let index = &self.spoken(index);
        let mut entries: Vec<String> = Vec::new();
        for part in &index.parts {
            let mut entry = match &part.key {
                IndexKey::Column(name) => self.field(name),
                IndexKey::Expr(expr) => literal(expr.as_str()),
            };
            if part.order == Order::Descending {
                entry.push_str(" desc");
            }
            match part.nulls {
                Some(Nulls::First) => entry.push_str(" nulls first"),
                Some(Nulls::Last) => entry.push_str(" nulls last"),
                None => {}
            }
            for (word, text) in [
                ("collate", part.collation.as_ref().map(Name::as_str)),
                ("ops", part.operator_class.as_deref()),
            ] {
                entry.extend(text.map(|text| format!(" {word} {}", literal(text))));
            }
            entries.push(entry);
        }
        if index.unique {
            entries.push("unique".to_owned());
        }
        if index.nulls_not_distinct {
            entries.push("nulls_not_distinct".to_owned());
        }
        entries.extend(index.method.as_ref().map(|method| format!("method = {}", literal(method))));
        if !index.include.is_empty() {
            entries.push(format!("include({})", self.field_list(&index.include).join(", ")));
        }
        entries.extend(parameters("with", &index.storage));
        if index.concurrently.get().is_some() {
            entries.push("concurrently".to_owned());
        }
        entries.extend(index.filter.as_ref().map(|f| format!("where = {}", literal(f.as_str()))));
        if index.name != naming::index(&self.table.name, index) {
            entries.push(format!("name = {}", literal(&index.name)));
        }
        entries
    }

    /// A field as an attribute names it. One that is called like an option is written raw.
    fn field(&self, column: &Name) -> String {
        match self.fields.get(column).map(String::as_str) {
            Some(field) if FLAGS.contains(&field) => format!("r#{field}"),
            Some(field) => field.to_owned(),
            None => column.to_string(),
        }
    }

    fn field_list(&self, columns: &[Name]) -> Vec<String> {
        columns.iter().map(|column| self.field(column)).collect()
    }
}

/// The checks without a name that speak of one column alone: they stand on its field.
///
/// Checks of fields are read before those of the struct, and the names that a database makes up for those of one column are
/// numbered in that order; so one stays behind another that must stand on the struct.
fn field_checks(table: &Table) -> BTreeMap<usize, Name> {
    let mut found = BTreeMap::new();
    let mut on_struct = BTreeSet::new();
    for (at, check) in table.checks.iter().enumerate().filter(|(_, check)| check.name.is_none()) {
        let mut spoken_of = BTreeSet::new();
        for column in &table.columns {
            if check.expr.mentions(&column.name) {
                spoken_of.insert(column.name.clone());
            }
        }
        if let (1, Some(only)) = (spoken_of.len(), spoken_of.pop_first()) {
            if check.no_inherit || check.not_valid {
                on_struct.insert(only);
            } else if !on_struct.contains(&only) {
                found.insert(at, only);
            }
        }
    }
    found
}

fn check_entries(check: &Check) -> Vec<String> {
    let mut entries = vec![literal(check.expr.as_str())];
    for (word, given) in [("no_inherit", check.no_inherit), ("not_valid", check.not_valid)] {
        if given {
            entries.push(word.to_owned());
        }
    }
    entries.extend(check.name.as_ref().map(|name| format!("name = {}", literal(name))));
    entries
}

fn exclusion_entries(exclusion: &Exclusion) -> Vec<String> {
    let mut entries = vec![literal(exclusion.rule.as_str())];
    entries.extend(deferrable(exclusion.deferrable));
    entries.extend(exclusion.name.as_ref().map(|name| format!("name = {}", literal(name))));
    entries
}

fn deferrable(deferrable: Deferrable) -> Option<String> {
    match deferrable {
        Deferrable::Not => None,
        Deferrable::InitiallyImmediate => Some("deferrable = immediate".to_owned()),
        Deferrable::InitiallyDeferred => Some("deferrable = deferred".to_owned()),
    }
}

/// Storage parameters: `with(fillfactor = 70)`.
fn parameters(list: &str, held: &BTreeMap<String, String>) -> Option<String> {
    let is_word = |text: &str| syn::parse_str::<syn::Ident>(text).is_ok();
    let is_number = |text: &str| text.parse::<i64>().is_ok_and(|n| n.to_string() == *text);
    let pairs = held.iter().map(|(name, value)| {
        let name = if is_word(name) { name.clone() } else { literal(name) };
        let plain = is_word(value) || is_number(value);
        let value = if plain { value.clone() } else { literal(value) };
        format!("{name} = {value}")
    });
    let pairs: Vec<String> = pairs.collect();
    (!pairs.is_empty()).then(|| format!("{list}({})", pairs.join(", ")))
}

/// The field by which another struct knows a column.
fn foreign_field(target: &Table, column: &Name) -> String {
    names::fields(target).remove(column).unwrap_or_else(|| column.to_string())
}
