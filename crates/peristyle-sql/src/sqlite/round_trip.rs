//! What is declared, made by the engine, and read again, is what was normalized.

use peristyle_schema::{
    Action, Check, Column, ColumnDefault, Deferrable, Definition, ForeignKey, Generated, Identity,
    Index, IndexKey, IndexPart, Literal, Match, Name, ObjectId, ObjectKind, Order, Precision,
    PrimaryKey, Reference, Schema, Table, Type, Unique,
};
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use rusqlite::Connection;

use super::{Sqlite, catalog, quote};
use crate::Dialect;

/// Declared, normalized, made, read: both ends must be equal.
fn travel(declared: Schema) -> Schema {
    let normalized = Sqlite
        .normalize(declared.clone())
        .unwrap_or_else(|errors| panic!("{errors:#?}\n{declared:#?}"));
    let again = Sqlite.normalize(normalized.clone());
    assert_eq!(again.as_ref(), Ok(&normalized), "normalizing again changes nothing");
    let engine = Connection::open_in_memory().unwrap();
    for statement in Sqlite.create(&normalized).unwrap_or_else(|refusal| panic!("{refusal:#?}")) {
        engine
            .execute_batch(&statement.sql)
            .unwrap_or_else(|error| panic!("{error}\n{}", statement.sql));
    }
    let (read, notes) = Sqlite.read_catalog(&catalog::tests::answers(&engine)).unwrap();
    assert!(notes.is_empty(), "{notes:#?}");
    assert_eq!(read, normalized);
    assert_eq!(Sqlite.normalize(read.clone()).as_ref(), Ok(&read), "what was read is normalized");
    assert_eq!(read.fingerprint(), normalized.fingerprint());
    read
}

const NAMES: &[&str] = &[
    "a",
    "b",
    "Name",
    "key",
    "order",
    "two words",
    "x.y",
    "quo\"te",
    "it's",
    "ñandú",
    "action",
    "rowid_",
    "left",
    "true",
    "end",
    "_z",
    "a;b",
    "--",
    "desc",
    "current_date",
    "json_valid",
    "t",
];

/// A schema by a recipe of numbers, so that every recipe makes a right one.
#[derive(Debug, Clone)]
struct Recipe {
    tables: Vec<TableRecipe>,
    view: bool,
    trigger: bool,
}

#[derive(Debug, Clone)]
struct TableRecipe {
    columns: Vec<ColumnRecipe>,
    key: u8,
    strict: bool,
    without_rowid: bool,
    unique: Option<Pick>,
    named: bool,
    index: Option<(Pick, Pick, u8)>,
    foreign_key: Option<(Pick, u8, u8)>,
    check: Option<(Pick, u8)>,
}

#[derive(Debug, Clone)]
struct ColumnRecipe {
    data_type: Type,
    nullable: bool,
    default: Option<u8>,
    nocase: bool,
    generated: Option<bool>,
}

fn data_type() -> impl Strategy<Value = Type> {
    select(vec![
        Type::Boolean,
        Type::SmallInt,
        Type::Integer,
        Type::BigInt,
        Type::Real,
        Type::Double,
        Type::Numeric(None),
        Type::Numeric(Some(Precision { precision: 12, scale: 4 })),
        Type::Text,
        Type::Varchar(Some(20)),
        Type::Varchar(None),
        Type::Char(Some(3)),
        Type::Bytes,
        Type::Uuid,
        Type::Date,
        Type::Time,
        Type::Timestamp,
        Type::TimestampTz,
        Type::Json,
        Type::Values(vec!["one".into(), "it's two".into(), "".into()]),
        Type::Native("ANY".into()),
    ])
}

prop_compose! {
    fn column_recipe()(
        data_type in data_type(),
        nullable in any::<bool>(),
        default in prop::option::of(0..4_u8),
        nocase in prop::bool::weighted(0.2),
        generated in prop::option::weighted(0.15, any::<bool>()),
    ) -> ColumnRecipe {
        ColumnRecipe { data_type, nullable, default, nocase, generated }
    }
}

prop_compose! {
    fn table_recipe()(
        columns in prop::collection::vec(column_recipe(), 1..6),
        key in 0..4_u8,
        strict in prop::bool::weighted(0.3),
        without_rowid in prop::bool::weighted(0.3),
        unique in prop::option::of(any::<Pick>()),
        named in any::<bool>(),
        index in prop::option::of((any::<Pick>(), any::<Pick>(), any::<u8>())),
        foreign_key in prop::option::of((any::<Pick>(), any::<u8>(), any::<u8>())),
        check in prop::option::of((any::<Pick>(), any::<u8>())),
    ) -> TableRecipe {
        TableRecipe { columns, key, strict, without_rowid, unique, named, index, foreign_key, check }
    }
}

prop_compose! {
    fn recipe()(
        tables in prop::collection::vec(table_recipe(), 1..5),
        view in any::<bool>(),
        trigger in any::<bool>(),
    ) -> Recipe {
        Recipe { tables, view, trigger }
    }
}

impl Recipe {
    fn make(&self) -> Schema {
        let mut schema = Schema::empty();
        for (at, recipe) in self.tables.iter().enumerate() {
            let name = format!("{}_{at}", NAMES[(at * 7 + recipe.columns.len()) % NAMES.len()]);
            let mut table = recipe.make(&name);
            if let Some((target, actions, deferrable)) = &recipe.foreign_key {
                let mut targets: Vec<&Table> = schema.tables.values().collect();
                targets.push(&table);
                let target = (*target.get(&targets)).clone();
                table.foreign_keys.extend(foreign_key(&table, &target, *actions, *deferrable));
            }
            schema.insert_table(table);
        }
        let first = schema.tables.keys().next().unwrap().clone();
        let table = quote::quote(&first.name);
        if self.view {
            let sql = format!(
                "CREATE VIEW \"the view\" AS\n  SELECT *, 'x  y' AS q FROM {table} -- all\n"
            );
            schema.insert_object(object(ObjectKind::View, "the view", sql));
        }
        if self.trigger {
            let sql = format!(
                "CREATE TRIGGER tr AFTER DELETE ON {table} BEGIN SELECT 1;  SELECT old . rowid;END"
            );
            schema.insert_object(object(ObjectKind::Trigger, "tr", sql));
        }
        schema
    }
}

fn object(kind: ObjectKind, name: &str, sql: String) -> Definition {
    Definition::new(ObjectId::new(kind, name), sql)
}

impl TableRecipe {
    fn make(&self, name: &str) -> Table {
        let mut table = Table::new(name);
        table.options.strict = self.strict;
        table.doc = Some("about it".into());
        for (at, recipe) in self.columns.iter().enumerate() {
            let name = format!("{}{at}", NAMES[(at * 5 + name.len()) % NAMES.len()]);
            table.columns.insert(recipe.make(&name, at));
        }
        let names: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
        let first = names[0].clone();
        if self.key > 0 {
            let mut columns = vec![first.clone()];
            let second = table.columns.iter().nth(1).filter(|c| c.generated.is_none());
            columns.extend(second.filter(|_| self.key == 3).map(|c| c.name.clone()));
            let name = self.named.then(|| Name::from("the key"));
            table.primary_key = Some(PrimaryKey { name, columns, autoincrement: false });
            table.options.without_rowid = self.without_rowid;
            if self.key == 1 && !self.without_rowid {
                let column = table.columns.get_mut(&first).unwrap();
                column.data_type = Type::Integer;
                column.default = None;
                column.identity = Some(Identity::ByDefault);
                table.primary_key.as_mut().unwrap().autoincrement = self.named;
            }
        }
        if let Some(pick) = self.unique {
            let columns = vec![pick.get(&names).clone()];
            let name = self.named.then(|| Name::new(format!("{name} unique")));
            table.uniques = vec![Unique {
                name,
                columns,
                nulls_not_distinct: false,
                deferrable: Deferrable::Not,
            }];
        }
        if let Some((one, two, kind)) = self.index {
            let (one, two) = (one.get(&names).clone(), two.get(&names).clone());
            table.indexes.insert(index(&table, one, two, kind));
        }
        if let Some((pick, kind)) = self.check {
            let name = self.named.then(|| Name::from("a check"));
            table.checks = vec![Check { name, ..Check::new(condition(pick.get(&names), kind)) }];
        }
        table
    }
}

fn index(table: &Table, one: Name, two: Name, kind: u8) -> Index {
    let mut index = Index::on_columns(format!("{} index", table.name.name), [one.clone()]);
    let mut part = IndexPart::column(two.clone());
    if kind & 1 > 0 {
        part.order = Order::Descending;
    }
    if kind & 2 > 0 {
        part.collation = Some("nocase".into());
    }
    if kind & 4 > 0 {
        part.key = IndexKey::Expr(format!("upper( {} )||'x'", quote::always(&two)).into());
    }
    if kind & 8 > 0 {
        index.parts.push(part);
    }
    if kind & 16 > 0 {
        index.filter = Some(condition(&one, kind >> 5).into());
    }
    index.unique = kind & 32 > 0;
    index
}

fn condition(column: &Name, kind: u8) -> String {
    let column = quote::always(column);
    match kind % 6 {
        0 => format!("(({column} IS NOT NULL))"),
        1 => format!("length({column})<100 and {column}<>'it''s -- x'"),
        2 => format!("{column} IN ( 1,2,'x' ) OR {column} is null"),
        3 => format!("CASE WHEN {column} THEN 1 ELSE 2 END /* c */ > - 1"),
        4 => format!("{column} not like 'x%' escape '!'"),
        _ => format!("cast({column} as text) collate nocase >= ''"),
    }
}

impl ColumnRecipe {
    fn make(&self, name: &str, at: usize) -> Column {
        let mut column = Column::new(name, self.data_type.clone());
        column.nullable = self.nullable;
        column.doc = Some("about it".into());
        column.collation = self.nocase.then(|| "NoCase".into());
        match self.generated {
            Some(stored) if at > 1 => {
                let expr = "coalesce( 1+2, 'x' )".into();
                column.generated = Some(Generated { expr, stored });
            }
            _ => column.default = self.default.map(|kind| self.default(kind)),
        }
        column
    }

    fn default(&self, kind: u8) -> ColumnDefault {
        match (&self.data_type, kind) {
            (Type::Values(_), _) => ColumnDefault::Literal(Literal::Text("it's two".into())),
            (Type::Boolean, _) => ColumnDefault::Literal(Literal::Bool(kind > 1)),
            (Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz, _) => {
                ColumnDefault::Now
            }
            (Type::Uuid, _) => ColumnDefault::Uuid4,
            (Type::Bytes, _) => ColumnDefault::Literal(Literal::Bytes(vec![0, kind, 255])),
            (Type::Json, _) => ColumnDefault::Literal(Literal::Text("{}".into())),
            (_, 0) => ColumnDefault::Literal(Literal::Int(-7)),
            (_, 1) => ColumnDefault::Literal(Literal::Number("1.50".into())),
            (_, 2) => ColumnDefault::Literal(Literal::Null),
            _ => ColumnDefault::Expr("(1+ 2)*abs( -3 )".into()),
        }
    }
}

/// A key to the primary key of a table, from columns that are there and can take what the actions bring.
fn foreign_key(table: &Table, target: &Table, actions: u8, deferrable: u8) -> Option<ForeignKey> {
    let key = target.primary_key.as_ref()?;
    let names: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
    let columns = names.get(..key.columns.len())?.to_vec();
    let optional = columns.iter().all(|name| {
        let in_key = table.primary_key.as_ref().is_some_and(|key| key.columns.contains(name));
        !in_key && table.columns.get(name).is_some_and(|column| column.nullable)
    });
    let action = |kind: u8| match kind % 4 {
        0 => Action::NoAction,
        1 => Action::Restrict,
        2 if optional => Action::SetNull,
        _ => Action::Cascade,
    };
    Some(ForeignKey {
        name: (actions > 128).then(|| "the reference".into()),
        references: Reference {
            table: target.name.clone(),
            columns: if actions.is_multiple_of(2) { Vec::new() } else { key.columns.clone() },
        },
        columns,
        on_delete: action(actions),
        on_update: action(actions / 4),
        deferrable: match deferrable % 3 {
            0 => Deferrable::Not,
            1 => Deferrable::InitiallyImmediate,
            _ => Deferrable::InitiallyDeferred,
        },
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    })
}

proptest! {
    #[test]
    fn random_schemas_come_back(recipe in recipe()) {
        travel(recipe.make());
    }
}

#[test]
fn every_name_comes_back() {
    for name in NAMES {
        let mut table = Table::new(*name);
        for data_type in [Type::BigInt, Type::Json, Type::Values(vec!["x".into()])] {
            let at = table.columns.len();
            table.columns.insert(Column::new(format!("{name}{at}"), data_type));
        }
        let mut column = Column::new(*name, Type::Json);
        column.nullable = true;
        table.columns.insert(column);
        table.primary_key = Some(PrimaryKey {
            name: Some((*name).into()),
            columns: vec![(*name).into()],
            autoincrement: false,
        });
        table.indexes.insert(Index::on_columns(format!("{name} index"), [*name]));
        table.checks =
            vec![Check { name: Some((*name).into()), ..Check::new(condition(&(*name).into(), 1)) }];
        let mut schema = Schema::empty();
        schema.insert_table(table);
        let read = travel(schema);
        assert_eq!(read.tables[&(*name).into()].columns.get(name).unwrap().data_type, Type::Json);
    }
}

#[test]
fn two_thousand_columns_come_back() {
    let mut table = Table::new("wide");
    for at in 0..2000 {
        table.columns.insert(Column::new(format!("c{at}"), Type::Text));
    }
    let mut schema = Schema::empty();
    schema.insert_table(table);
    travel(schema);
}
