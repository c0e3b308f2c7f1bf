use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Definition, EnumType, ObjectId, QualifiedName, Table};

/// A whole database schema.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// The enumerated types, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub enums: BTreeMap<QualifiedName, EnumType>,
    /// The tables, by name. Never left out when it is written: any other JSON would be read as a schema that holds nothing.
    pub tables: BTreeMap<QualifiedName, Table>,
    /// The objects known by their text, by kind and name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", with = "objects_as_list")]
    pub objects: BTreeMap<ObjectId, Definition>,
}

impl Schema {
    /// A schema that holds nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.enums.is_empty() && self.tables.is_empty() && self.objects.is_empty()
    }

    /// Adds a table, or puts it in the place of the one with its name.
    pub fn insert_table(&mut self, table: Table) {
        self.tables.insert(table.name.clone(), table);
    }

    /// Adds an enumerated type, or puts it in the place of the one with its name.
    pub fn insert_enum(&mut self, enumerated: EnumType) {
        self.enums.insert(enumerated.name.clone(), enumerated);
    }

    /// Adds an object, or puts it in the place of the one with its identity.
    pub fn insert_object(&mut self, definition: Definition) {
        self.objects.insert(definition.id.clone(), definition);
    }

    /// The tables that hold a foreign key to `table`, itself included if it references itself, in order.
    pub fn referencing<'a>(
        &'a self,
        table: &'a QualifiedName,
    ) -> impl Iterator<Item = &'a Table> + 'a {
        self.tables
            .values()
            .filter(move |t| t.foreign_keys.iter().any(|fk| fk.references.table == *table))
    }
}

/// A JSON object's keys are strings and an [`ObjectId`] is not one, so the objects are written as a list.
mod objects_as_list {
    use super::{BTreeMap, Definition, Deserialize, ObjectId, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(
        objects: &BTreeMap<ObjectId, Definition>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        objects.values().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<ObjectId, Definition>, D::Error> {
        let list = Vec::<Definition>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|d| (d.id.clone(), d)).collect())
    }
}
