//! From declarations to a schema: names are looked up, types follow, keys become foreign keys.

mod keys;
mod objects;
mod types;

use std::collections::BTreeMap;

use peristyle_schema::{
    Check, Column, ColumnDefault, Definition, Diagnostic, EnumType, EnumValue, Hint, Index,
    IndexKey, IndexPart, Literal, Name, ObjectId, ObjectKind, PrimaryKey, QualifiedName, Schema,
    Span, Table, TableOptions, Type, Unique, naming,
};

use crate::error::nearest;
use crate::model::{
    ColumnDecl, Declarations, DefaultDecl, EnumDecl, IndexDecl, IndexDeclKey, ObjectDecl,
    TableDecl, TriggerDecl, ViewDecl,
};

pub(crate) use types::standard_type;

/// The schema that the declarations describe, not yet normalized by any dialect.
///
/// Every name that leads nowhere and every contradiction is reported, at the place where it was declared.
pub fn resolve(declarations: &Declarations) -> Result<Schema, Vec<Diagnostic>> {
    let mut resolver = Resolver::new(declarations);
    let mut schema = Schema::empty();
    for enumerated in &declarations.enums {
        resolver.declare(
            "type",
            &enumerated.name,
            schema.enums.contains_key(&enumerated.name),
            &enumerated.span,
        );
        schema.insert_enum(enum_type(enumerated));
    }
    for table in &declarations.tables {
        resolver.declare(
            "table",
            &table.name,
            schema.tables.contains_key(&table.name),
            &table.span,
        );
        let resolved = resolver.table(table);
        schema.insert_table(resolved);
        for trigger in &table.triggers {
            if let Some(definition) = resolver.trigger(table, trigger) {
                schema.insert_object(definition);
            }
        }
    }
    for view in &declarations.views {
        resolver.declare(
            "table or view",
            &view.name,
            schema.tables.contains_key(&view.name)
                || schema.objects.contains_key(&view_id(&view.name)),
            &view.span,
        );
        resolver.view_columns(view);
        schema.insert_object(view_definition(view));
    }
    for object in &declarations.objects {
        if let Some(definition) = resolver.object(object) {
            schema.insert_object(definition);
        }
    }
    resolver.check_former_names();
    if resolver.diagnostics.is_empty() { Ok(schema) } else { Err(resolver.diagnostics) }
}

pub(crate) struct Resolver<'a> {
    tables: BTreeMap<&'a str, &'a TableDecl>,
    enums: BTreeMap<&'a str, &'a EnumDecl>,
    newtypes: BTreeMap<&'a str, &'a crate::model::NewtypeDecl>,
    declarations: &'a Declarations,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn new(declarations: &'a Declarations) -> Self {
        let mut resolver = Self {
            tables: BTreeMap::new(),
            enums: BTreeMap::new(),
            newtypes: BTreeMap::new(),
            declarations,
            diagnostics: Vec::new(),
        };
        for table in &declarations.tables {
            if resolver.tables.insert(&table.rust_name, table).is_some() {
                resolver.twice(&table.rust_name, &table.span);
            }
        }
        for enumerated in &declarations.enums {
            if resolver.enums.insert(&enumerated.rust_name, enumerated).is_some() {
                resolver.twice(&enumerated.rust_name, &enumerated.span);
            }
        }
        for newtype in &declarations.newtypes {
            if resolver.newtypes.insert(&newtype.rust_name, newtype).is_some() {
                resolver.twice(&newtype.rust_name, &newtype.span);
            }
        }
        resolver
    }

    fn report(&mut self, diagnostic: Diagnostic, at: &Hint<Span>) {
        self.diagnostics.push(diagnostic.at(at.get().cloned()));
    }

    /// Two declarations of one Rust name: types are followed by their last word, so they could not be told apart.
    fn twice(&mut self, rust_name: &str, at: &Hint<Span>) {
        self.report(
            Diagnostic::error(
                "duplicate-declaration",
                format!("two declarations are called `{rust_name}`"),
            )
            .help("give one of them another Rust name; `name = \"…\"` keeps the database's"),
            at,
        );
    }

    fn declare(&mut self, what: &str, name: &QualifiedName, taken: bool, at: &Hint<Span>) {
        if taken {
            self.report(
                Diagnostic::error("duplicate-name", format!("a second {what} is called `{name}`"))
                    .help("give one of them another `name = \"…\"`"),
                at,
            );
        }
    }

    fn table(&mut self, decl: &'a TableDecl) -> Table {
        let mut table = Table::new(decl.name.clone());
        table.was = Hint(decl.was.clone());
        table.doc = decl.doc.clone();
        table.external = decl.external;
        table.options = TableOptions { strict: decl.strict, without_rowid: decl.without_rowid };
        table.span = decl.span.clone();
        for column in &decl.columns {
            let resolved = self.column(column);
            if table.columns.insert(resolved).is_some() {
                self.report(
                    Diagnostic::error(
                        "duplicate-name",
                        format!("`{}` has two columns called `{}`", decl.name, column.name),
                    )
                    .help("give one of them another `#[column(name = \"…\")]`"),
                    &column.span,
                );
            }
        }
        let key = self.columns_of(decl, &decl.key, "key", &decl.span);
        if !key.is_empty() {
            table.primary_key = Some(PrimaryKey {
                name: decl.key_name.clone(),
                columns: key,
                autoincrement: decl.autoincrement,
            });
        }
        for index in &decl.indexes {
            self.index(decl, index, &mut table);
        }
        for check in &decl.checks {
            table.checks.push(Check { name: check.name.clone(), expr: check.expr.clone() });
        }
        self.foreign_keys(decl, &mut table);
        table
    }

    fn column(&mut self, decl: &'a ColumnDecl) -> Column {
        let data_type = self.column_type(decl);
        let mut column = Column::new(decl.name.clone(), data_type);
        column.was = Hint(decl.was.clone());
        column.doc = decl.doc.clone();
        column.nullable = decl.nullable || decl.nullable_in_database;
        column.default = self.default(decl, &column.data_type);
        column.generated = decl.generated.clone();
        column.collation = decl.collation.clone();
        column.identity = decl.identity;
        column.fill = Hint(decl.fill.clone());
        column.using = Hint(decl.using.clone());
        column.span = decl.span.clone();
        column
    }

    /// The database's part of a default; what the application makes is not the schema's.
    fn default(&mut self, decl: &'a ColumnDecl, data_type: &Type) -> Option<ColumnDefault> {
        let enumerated = match data_type {
            Type::Enum(name) => self.enums.values().find(|e| e.name == *name).copied(),
            _ => None,
        };
        let default = match decl.default.as_ref()? {
            DefaultDecl::Application(_) => return None,
            DefaultDecl::Database(default) => default.clone(),
            DefaultDecl::Variant(variant) => {
                let found = enumerated
                    .and_then(|e| e.variants.iter().find(|held| held.rust_name == *variant));
                match found {
                    Some(value) => ColumnDefault::Literal(Literal::Text(value.name.to_string())),
                    None => {
                        self.report(
                            Diagnostic::error(
                                "wrong-value",
                                format!("`{}` has no variant `{variant}`", decl.rust_type),
                            ),
                            &decl.span,
                        );
                        return None;
                    }
                }
            }
        };
        if let (Some(enumerated), ColumnDefault::Literal(Literal::Text(text))) =
            (enumerated, &default)
            && !enumerated.variants.iter().any(|value| value.name.as_str() == text)
        {
            let known: Vec<&str> = enumerated.variants.iter().map(|v| v.name.as_str()).collect();
            let help = match nearest(text, &known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("it holds {}", known.join(", ")),
            };
            self.report(
                Diagnostic::error(
                    "wrong-value",
                    format!("\"{text}\" is no value of `{}`", enumerated.rust_name),
                )
                .help(help),
                &decl.span,
            );
        }
        Some(default)
    }

    fn index(&mut self, decl: &'a TableDecl, index: &'a IndexDecl, table: &mut Table) {
        let mut parts = Vec::new();
        for part in &index.parts {
            let key = match &part.key {
                IndexDeclKey::Expr(expr) => IndexKey::Expr(expr.clone()),
                IndexDeclKey::Field(field) => {
                    let what = if index.unique { "unique" } else { "index" };
                    match self.column_of(decl, field, what, &index.span) {
                        Some(column) => IndexKey::Column(column.name.clone()),
                        None => continue,
                    }
                }
            };
            parts.push(IndexPart {
                key,
                order: part.order,
                nulls: None,
                collation: part.collation.clone(),
                operator_class: None,
            });
        }
        if parts.len() < index.parts.len() {
            return;
        }
        let plain: Option<Vec<Name>> = parts
            .iter()
            .map(|part| match &part.key {
                IndexKey::Column(name) if part.collation.is_none() => Some(name.clone()),
                IndexKey::Column(_) | IndexKey::Expr(_) => None,
            })
            .collect();
        if let (true, Some(columns)) = (index.constraint, plain) {
            table.uniques.push(Unique {
                name: index.name.clone(),
                columns,
                nulls_not_distinct: false,
                deferrable: Default::default(),
            });
            return;
        }
        let mut resolved = Index::on_columns("", Vec::<Name>::new());
        resolved.parts = parts;
        resolved.unique = index.unique;
        resolved.filter = index.filter.clone();
        resolved.name = index.name.clone().unwrap_or_else(|| naming::index(&table.name, &resolved));
        let name = resolved.name.clone();
        if table.indexes.insert(resolved).is_some() {
            self.report(
                Diagnostic::error(
                    "duplicate-name",
                    format!("two indexes of `{}` are called `{name}`", table.name),
                )
                .help("give one of them `name = \"…\"`"),
                &index.span,
            );
        }
    }

    /// The column of a field, or a diagnostic that says where the unknown field was named.
    fn column_of(
        &mut self,
        table: &'a TableDecl,
        field: &str,
        what: &str,
        at: &Hint<Span>,
    ) -> Option<&'a ColumnDecl> {
        let found = table
            .columns
            .iter()
            .find(|column| column.field == field || column.field.strip_prefix("r#") == Some(field));
        if found.is_none() {
            let fields: Vec<&str> = table.columns.iter().map(|c| c.field.as_str()).collect();
            let diagnostic = Diagnostic::error(
                "unknown-field",
                format!("`#[{what}]` names `{field}`, and `{}` has no such field", table.rust_name),
            );
            let diagnostic = match nearest(field, &fields) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("its fields are {}", fields.join(", "))),
            };
            self.report(diagnostic, at);
        }
        found
    }

    fn columns_of(
        &mut self,
        table: &'a TableDecl,
        fields: &[String],
        what: &str,
        at: &Hint<Span>,
    ) -> Vec<Name> {
        fields
            .iter()
            .filter_map(|field| self.column_of(table, field, what, at))
            .map(|column| column.name.clone())
            .collect()
    }

    fn trigger(&mut self, table: &TableDecl, trigger: &TriggerDecl) -> Option<Definition> {
        match objects::definition(&trigger.sql) {
            Some(mut definition) if definition.id.kind == ObjectKind::Trigger => {
                definition.on = Some(table.name.clone());
                definition.span = trigger.span.clone();
                Some(definition)
            }
            _ => {
                self.report(
                    Diagnostic::error(
                        "wrong-value",
                        "`#[trigger]` takes a whole CREATE TRIGGER statement",
                    )
                    .help("write `#[trigger(\"CREATE TRIGGER name AFTER … BEGIN … END\")]`"),
                    &trigger.span,
                );
                None
            }
        }
    }

    fn object(&mut self, object: &ObjectDecl) -> Option<Definition> {
        let definition = objects::definition(&object.sql);
        if definition.is_none() {
            self.report(
                Diagnostic::error(
                    "wrong-value",
                    "`object!` takes the CREATE statement of a view, trigger, function or virtual table",
                )
                .help("a table is declared as a struct: `#[derive(Table)]`"),
                &object.span,
            );
        }
        definition.map(|definition| Definition { span: object.span.clone(), ..definition })
    }

    fn view_columns(&mut self, view: &'a ViewDecl) {
        for column in &view.columns {
            self.column_type(column);
        }
    }

    /// A former name that is still in use says two contradictory things.
    fn check_former_names(&mut self) {
        for table in &self.declarations.tables {
            if let Some(was) = &table.was
                && self.declarations.tables.iter().any(|other| other.name == *was)
            {
                self.report(
                    Diagnostic::error(
                        "contradiction",
                        format!(
                            "`{}` was `{was}`, and a table `{was}` is declared too",
                            table.name
                        ),
                    )
                    .help("take `was` away: the rename is long done"),
                    &table.span,
                );
            }
            for column in &table.columns {
                if let Some(was) = &column.was
                    && table.columns.iter().any(|other| other.name == *was)
                {
                    self.report(
                        Diagnostic::error(
                            "contradiction",
                            format!(
                                "`{}.{}` was `{was}`, and a column `{was}` is declared too",
                                table.name, column.name
                            ),
                        )
                        .help("take `was` away: the rename is long done"),
                        &column.span,
                    );
                }
            }
        }
    }
}

fn enum_type(decl: &EnumDecl) -> EnumType {
    EnumType {
        name: decl.name.clone(),
        was: Hint(decl.was.clone()),
        doc: decl.doc.clone(),
        values: decl
            .variants
            .iter()
            .map(|value| EnumValue { name: value.name.clone(), was: Hint(value.was.clone()) })
            .collect(),
    }
}

fn view_id(name: &QualifiedName) -> ObjectId {
    ObjectId { kind: ObjectKind::View, name: name.clone() }
}

fn view_definition(view: &ViewDecl) -> Definition {
    let quote = |name: &Name| format!("\"{}\"", name.replace('"', "\"\""));
    let name = match &view.name.namespace {
        Some(namespace) => format!("{}.{}", quote(namespace), quote(&view.name.name)),
        None => quote(&view.name.name),
    };
    let select = view.sql.trim().trim_end_matches(';').trim_end();
    let whole = select.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create"));
    let sql = if whole { select.to_owned() } else { format!("CREATE VIEW {name} AS {select}") };
    Definition { id: view_id(&view.name), on: None, sql, span: view.span.clone() }
}
