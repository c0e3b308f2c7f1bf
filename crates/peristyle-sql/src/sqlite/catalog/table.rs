//! From a table as it is written to a table of the schema.

use peristyle_schema::{
    Check, Column, ColumnDefault, Deferrable, Expr, ForeignKey, Generated, Hint, Index, IndexKey,
    IndexPart, Match, Name, Order, PrimaryKey, Reference, Table, naming,
};

use super::super::expression::{self, Scope};
use super::super::parse::{
    ColumnClause, ColumnDefinition, Conflict, Constrained, CreateTable, ReferenceClause, Run,
    SortedPart, TableClause,
};
use super::super::{collation, data_type, literal, own_name, quote, rowid};
use super::index;
use crate::lexer::Kind;

pub(super) fn lower(create: &CreateTable<'_>) -> Table {
    let mut lowering = Lowering {
        table: Table::new(create.name.clone()),
        columns: create.columns.iter().map(|column| column.name.clone()).collect(),
        key_is_sorted_backwards: false,
        keys: Vec::new(),
    };
    lowering.table.options = create.options.clone();
    // Constraints name columns that come behind them.
    for column in &create.columns {
        let mut held = Column::new(column.name.clone(), data_type::read(&column.type_words));
        held.nullable = true;
        lowering.table.columns.insert(held);
    }
    for column in &create.columns {
        lowering.attributes(column);
    }
    for column in &create.columns {
        for clause in &column.clauses {
            lowering.column_clause(&column.name, clause);
        }
    }
    for clause in &create.clauses {
        lowering.table_clause(clause);
    }
    lowering.finish()
}

struct Lowering {
    table: Table,
    columns: Vec<Name>,
    /// `INTEGER PRIMARY KEY DESC`: an old mistake of SQLite makes this no alias of the row's number.
    key_is_sorted_backwards: bool,
    /// The parts of the keys that are there already; SQLite makes no second index for the same.
    keys: Vec<Vec<IndexPart>>,
}

impl Lowering {
    fn column(&mut self, name: &Name) -> Option<&mut Column> {
        self.table.columns.get_mut(name)
    }

    fn unmodelled(&mut self, clause: String) {
        self.table.unmodelled.push(clause);
    }

    fn conflict(&mut self, conflict: Conflict, clause: &str) {
        if conflict == Conflict::Other {
            self.unmodelled(format!("{clause} ON CONFLICT"));
        }
    }

    /// What belongs to the column itself; a collation is needed before the keys are read.
    fn attributes(&mut self, definition: &ColumnDefinition<'_>) {
        for Constrained { clause, .. } in &definition.clauses {
            let scope = Scope::Columns(&self.columns);
            match clause {
                ColumnClause::NotNull(conflict) => {
                    self.conflict(*conflict, &on(&definition.name, "NOT NULL"));
                    if let Some(column) = self.column(&definition.name) {
                        column.nullable = false;
                    }
                }
                ColumnClause::Default(run) => {
                    let default = default(run);
                    if let Some(column) = self.column(&definition.name) {
                        column.default = default.map(ColumnDefault::Expr);
                    }
                }
                ColumnClause::Collate(name) => {
                    if let Some(column) = self.column(&definition.name) {
                        column.collation = collation::of_column(name);
                    }
                }
                ColumnClause::Generated { expr, stored } => {
                    let generated =
                        Generated { expr: expression::of_tokens(expr, scope), stored: *stored };
                    if let Some(column) = self.column(&definition.name) {
                        column.generated = Some(generated);
                    }
                }
                ColumnClause::PrimaryKey { .. }
                | ColumnClause::Null
                | ColumnClause::Unique(_)
                | ColumnClause::Check(_)
                | ColumnClause::References(_)
                | ColumnClause::Deferrable(_) => {}
            }
        }
    }

    /// What belongs to the table, though it is written behind a column.
    fn column_clause(&mut self, column: &Name, written: &Constrained<ColumnClause<'_>>) {
        let name = written.name.clone();
        match &written.clause {
            ColumnClause::PrimaryKey { order, conflict, autoincrement } => {
                self.conflict(*conflict, "PRIMARY KEY");
                if *order == Order::Descending {
                    self.key_is_sorted_backwards = true;
                    self.unmodelled("PRIMARY KEY DESC".to_owned());
                }
                let columns = vec![column.clone()];
                self.keys.push(vec![IndexPart::column(column.clone())]);
                self.table.primary_key =
                    Some(PrimaryKey { name, columns, autoincrement: *autoincrement });
            }
            ColumnClause::Unique(conflict) => {
                self.conflict(*conflict, &on(column, "UNIQUE"));
                self.unique(name, vec![IndexPart::column(column.clone())]);
            }
            ColumnClause::Check(run) => self.check(name, run),
            ColumnClause::References(clause) => {
                let columns = vec![column.clone()];
                self.foreign_key(name, columns, clause, Deferrable::Not);
            }
            ColumnClause::Deferrable(deferrable) => {
                if let Some(key) = self.table.foreign_keys.last_mut() {
                    key.deferrable = *deferrable;
                }
            }
            ColumnClause::NotNull(_)
            | ColumnClause::Null
            | ColumnClause::Default(_)
            | ColumnClause::Collate(_)
            | ColumnClause::Generated { .. } => {}
        }
    }

    fn table_clause(&mut self, written: &Constrained<TableClause<'_>>) {
        let name = written.name.clone();
        match &written.clause {
            TableClause::PrimaryKey { parts, conflict, autoincrement } => {
                self.conflict(*conflict, "PRIMARY KEY");
                self.primary_key(name, parts, *autoincrement);
            }
            TableClause::Unique { parts, conflict } => {
                self.conflict(*conflict, "UNIQUE");
                let parts =
                    parts.iter().map(|p| index::part(p, &self.table, &self.columns)).collect();
                self.unique(name, parts);
            }
            TableClause::Check(run) => self.check(name, run),
            TableClause::ForeignKey { columns, references, deferrable } => {
                let mut columns = columns.clone();
                own_name::settle_columns(&self.table, &mut columns);
                self.foreign_key(name, columns, references, *deferrable);
            }
        }
    }

    fn primary_key(&mut self, name: Option<Name>, parts: &[SortedPart<'_>], autoincrement: bool) {
        let Some((columns, plain)) = index::plain_columns(parts, &self.table, &self.columns) else {
            return self.unmodelled("PRIMARY KEY over an expression".to_owned());
        };
        if !plain {
            self.unmodelled("PRIMARY KEY with DESC or COLLATE".to_owned());
        }
        let parts = parts.iter().map(|p| index::part(p, &self.table, &self.columns)).collect();
        self.keys.push(parts);
        self.table.primary_key = Some(PrimaryKey { name, columns, autoincrement });
    }

    fn unique(&mut self, name: Option<Name>, parts: Vec<IndexPart>) {
        let same = |a: &[IndexPart], b: &[IndexPart]| {
            let sorted_by = |part: &IndexPart| (part.key.clone(), part.collation.clone());
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| sorted_by(a) == sorted_by(b))
        };
        let twin = self.keys.iter().any(|key| same(key, &parts));
        let is_alias = rowid::alias(&self.table).is_some_and(|alias| {
            matches!(parts.as_slice(), [part] if part.key == IndexKey::Column(alias.clone()))
        });
        if twin && !is_alias {
            return;
        }
        self.keys.push(parts.clone());
        let columns: Vec<Name> = parts
            .iter()
            .filter_map(|part| match &part.key {
                IndexKey::Column(name) => Some(name.clone()),
                IndexKey::Expr(_) => None,
            })
            .collect();
        let name = name.unwrap_or_else(|| naming::unique(&self.table.name, &columns));
        let mut made = Index::on_columns(name, columns);
        made.parts = parts;
        made.unique = true;
        made.constraint = Hint::some(());
        index::insert_aside(&mut self.table, made);
    }

    fn check(&mut self, name: Option<Name>, run: Run<'_>) {
        let expr = expression::of_tokens(run, Scope::Columns(&self.columns));
        self.table.checks.push(Check { name, ..Check::new(expr) });
    }

    fn foreign_key(
        &mut self,
        name: Option<Name>,
        columns: Vec<Name>,
        clause: &ReferenceClause,
        deferrable: Deferrable,
    ) {
        self.table.foreign_keys.push(ForeignKey {
            name,
            columns,
            references: Reference {
                table: clause.table.clone().into(),
                columns: clause.columns.clone(),
            },
            on_delete: clause.on_delete,
            on_update: clause.on_update,
            deferrable,
            matching: Match::Simple,
            set_columns: Vec::new(),
            not_valid: false,
        });
    }

    fn finish(mut self) -> Table {
        if !self.key_is_sorted_backwards || self.table.options.strict {
            rowid::settle_nullability(&mut self.table);
        }
        data_type::recognise(&mut self.table);
        self.table
    }
}

fn on(column: &Name, clause: &str) -> String {
    [quote::quote(column).as_str(), clause].join(" ")
}

/// The default in canonical form; `DEFAULT NULL` says no more than no default. A bare name is a string there.
fn default(run: Run<'_>) -> Option<Expr> {
    let expr = match run {
        [token] if matches!(token.kind, Kind::Word | Kind::Quoted) => {
            let expr = expression::of_tokens(run, Scope::Nothing);
            match expression::as_column(&expr) {
                Some(name) => Expr::new(literal::text(&name)),
                None => expr,
            }
        }
        _ => expression::of_tokens(run, Scope::Nothing),
    };
    (expr.as_str() != "NULL").then_some(expr)
}
