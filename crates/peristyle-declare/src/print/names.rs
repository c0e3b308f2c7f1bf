//! Rust names for the database's names: valid, unique, idiomatic.

use std::collections::BTreeMap;

use peristyle_schema::{Column, EnumValue, Name, ObjectKind, QualifiedName, Schema, Table, Type};

use crate::convention;

/// Names that a printed file uses for other things.
const TAKEN: &[&str] = &[
    "Date",
    "DateTime",
    "Decimal",
    "Enum",
    "Id",
    "Json",
    "Newtype",
    "Option",
    "Self",
    "String",
    "Table",
    "Time",
    "Timestamp",
    "Uuid",
    "Vec",
    "View",
    "Clone",
    "Copy",
    "Debug",
    "Eq",
    "PartialEq",
];

/// The Rust names of everything in a schema.
pub(super) struct Names {
    tables: BTreeMap<QualifiedName, String>,
    views: BTreeMap<QualifiedName, String>,
    enums: BTreeMap<QualifiedName, String>,
    inline_enums: BTreeMap<(QualifiedName, Name), String>,
}

impl Names {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut taken: Vec<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        // Each struct also gets a `New…` and a `…Patch` beside it.
        let mut claim = |name: String| unique(name, &mut taken);
        let mut names = Self {
            tables: BTreeMap::new(),
            views: BTreeMap::new(),
            enums: BTreeMap::new(),
            inline_enums: BTreeMap::new(),
        };
        for name in schema.tables.keys() {
            names.tables.insert(name.clone(), claim(singular(&name.name)));
        }
        for id in schema.objects.keys().filter(|id| id.kind == ObjectKind::View) {
            names.views.insert(id.name.clone(), claim(singular(&id.name.name)));
        }
        for name in schema.enums.keys() {
            names.enums.insert(name.clone(), claim(camel(&name.name, "Enum")));
        }
        for table in schema.tables.values() {
            for (column, _) in inline_enums(table) {
                let owner = names.tables[&table.name].clone();
                let name = format!("{owner}{}", camel(&column.name, "Values"));
                names.inline_enums.insert((table.name.clone(), column.name.clone()), claim(name));
            }
        }
        names
    }

    pub(super) fn table(&self, name: &QualifiedName) -> &str {
        self.tables.get(name).map_or("Missing", String::as_str)
    }

    pub(super) fn view(&self, name: &QualifiedName) -> &str {
        self.views.get(name).map_or("Missing", String::as_str)
    }

    pub(super) fn enumerated(&self, name: &QualifiedName) -> &str {
        self.enums.get(name).map_or("Missing", String::as_str)
    }

    pub(super) fn inline_enum(&self, table: &Table, column: &Column) -> &str {
        self.inline_enums
            .get(&(table.name.clone(), column.name.clone()))
            .map_or("Missing", String::as_str)
    }
}

/// The columns of a table that hold one of a list of values.
pub(super) fn inline_enums(table: &Table) -> impl Iterator<Item = (&Column, &Vec<EnumValue>)> {
    table.columns.iter().filter_map(|column| match &column.data_type {
        Type::Values(values) => Some((column, values)),
        _ => None,
    })
}

/// The field of a column: a valid identifier, and whether it says the column's name by itself.
pub(super) fn field(name: &Name, taken: &mut Vec<String>) -> (String, bool) {
    let snake = convention::enum_name(name);
    let mut word: String =
        snake.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if !is_identifier(&word) && is_identifier(&format!("r#{word}")) {
        word = format!("r#{word}");
    } else if !is_identifier(&word) {
        word = format!("column_{word}");
        if !is_identifier(&word) {
            "column".clone_into(&mut word);
        }
    }
    let word = unique(word, taken);
    let says_it = convention::column_name(&word) == name.as_str();
    (word, says_it)
}

/// A word in CamelCase that is an identifier.
pub(super) fn camel(name: &str, otherwise: &str) -> String {
    let mut out = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            out.extend(first.to_uppercase());
            out.push_str(chars.as_str());
        }
    }
    if is_identifier(&out) {
        return out;
    }
    let prefixed = format!("{otherwise}{out}");
    if is_identifier(&prefixed) { prefixed } else { otherwise.to_owned() }
}

/// The struct of a table: the table's name in CamelCase, singular where that is plain.
fn singular(table: &str) -> String {
    let stem = |ending: &str, instead: &str| {
        table
            .strip_suffix(ending)
            .filter(|stem| stem.len() > 1)
            .map(|stem| format!("{stem}{instead}"))
    };
    let doubled = ["sses", "uses", "xes", "ches", "shes"].iter().any(|end| table.ends_with(end))
        && !table.ends_with("ouses");
    let candidates = [
        stem("ies", "y"),
        if doubled { stem("es", "") } else { None },
        stem("s", "").filter(|stem| !stem.ends_with(['s', 'u', 'i'])),
    ];
    let chosen = candidates.into_iter().flatten().next();
    camel(chosen.as_deref().unwrap_or(table), "Table")
}

/// The name, or the name with the first number that makes it unique.
pub(super) fn unique(name: String, taken: &mut Vec<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 1;
    while taken.contains(&candidate) {
        number += 1;
        candidate = format!("{name}{number}");
    }
    taken.push(candidate.clone());
    candidate
}

fn is_identifier(word: &str) -> bool {
    syn::parse_str::<syn::Ident>(word).is_ok()
}
