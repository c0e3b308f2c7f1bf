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
    /// The variants of each enum, by the text they are stored as.
    variants: BTreeMap<String, BTreeMap<Name, String>>,
}

/// The names of types that are in use.
struct Claimed(Vec<String>);

impl Default for Claimed {
    fn default() -> Self {
        Self(TAKEN.iter().map(|name| (*name).to_owned()).collect())
    }
}

impl Claimed {
    /// A name that nobody has: the one that is asked for, or one with a number. Beside each struct, the derive makes a
    /// `New…` and a `…Patch`, which are claimed with it.
    fn claim(&mut self, name: String) -> String {
        let family = |name: &str| [name.to_owned(), format!("New{name}"), format!("{name}Patch")];
        let mut candidate = name.clone();
        let mut number = 1;
        while family(&candidate).iter().any(|member| self.0.contains(member)) {
            number += 1;
            candidate = format!("{name}{number}");
        }
        self.0.extend(family(&candidate));
        candidate
    }
}

impl Names {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut claimed = Claimed::default();
        let mut names = Self {
            tables: BTreeMap::new(),
            views: BTreeMap::new(),
            enums: BTreeMap::new(),
            inline_enums: BTreeMap::new(),
            variants: BTreeMap::new(),
        };
        for name in schema.tables.keys() {
            names.tables.insert(name.clone(), claimed.claim(singular(&name.name)));
        }
        for id in schema.objects.keys().filter(|id| id.kind == ObjectKind::View) {
            names.views.insert(id.name.clone(), claimed.claim(singular(&id.name.name)));
        }
        for (name, enumerated) in &schema.enums {
            let rust = claimed.claim(camel(&name.name, "Enum"));
            names.note_variants(&rust, &enumerated.values);
            names.enums.insert(name.clone(), rust);
        }
        for table in schema.tables.values() {
            for (column, values) in inline_enums(table) {
                let owner = &names.tables[&table.name];
                let rust = claimed.claim(format!("{owner}{}", camel(&column.name, "Values")));
                names.note_variants(&rust, values);
                names.inline_enums.insert((table.name.clone(), column.name.clone()), rust);
            }
        }
        names
    }

    fn note_variants(&mut self, rust: &str, values: &[EnumValue]) {
        let variants = values.iter().zip(variants(values));
        let named =
            variants.map(|(value, variant)| (value.name.clone(), format!("{rust}::{variant}")));
        self.variants.insert(rust.to_owned(), named.collect());
    }

    /// The variant that is stored as this text in a column of an enum.
    pub(super) fn variant(&self, table: &Table, column: &Column, text: &str) -> Option<String> {
        let rust = match &column.data_type {
            Type::Enum(name) => self.enumerated(name),
            _ => self.inline_enum(table, column),
        };
        self.variants.get(rust)?.get(text).cloned()
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

/// The variants of a list of values, in its order.
pub(super) fn variants(values: &[EnumValue]) -> Vec<String> {
    let mut taken = Vec::new();
    values.iter().map(|value| unique(camel(&value.name, "Value"), &mut taken)).collect()
}

/// The fields of a table's columns: valid identifiers, each unique.
pub(super) fn fields(table: &Table) -> BTreeMap<Name, String> {
    let mut taken = Vec::new();
    table
        .columns
        .iter()
        .map(|column| (column.name.clone(), field(&column.name, &mut taken)))
        .collect()
}

fn field(name: &Name, taken: &mut Vec<String>) -> String {
    let snake = convention::enum_name(name);
    let word: String =
        snake.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let candidates = [word.clone(), format!("r#{word}"), format!("column_{word}")];
    let fitting = candidates.into_iter().find(|candidate| is_identifier(candidate));
    unique(fitting.unwrap_or_else(|| "column".to_owned()), taken)
}

/// Whether a text is a number as Rust writes one, every digit of which comes back.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    match syn::parse_str::<syn::Lit>(digits) {
        Ok(syn::Lit::Float(number)) => {
            number.base10_digits() == digits && number.suffix().is_empty()
        }
        Ok(syn::Lit::Int(number)) => number.base10_digits() == digits && number.suffix().is_empty(),
        _ => false,
    }
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
    // Reserved since the 2024 edition.
    if word == "gen" {
        return false;
    }
    syn::parse_str::<syn::Ident>(word).is_ok()
}
