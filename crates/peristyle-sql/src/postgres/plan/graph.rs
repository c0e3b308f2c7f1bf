//! What must be there before what: the order in which things are made, and turned round the order in which they go.
//!
//! A text that names a thing needs it. The body of a function in a language that is not SQL is only read when it is called,
//! so what it names need not be there; that, and the wish to have parents before children, gives way where there is no other
//! order.

use std::collections::BTreeMap;

use peristyle_schema::{Definition, EnumType, IndexKey, ObjectKind, QualifiedName, Table, Type};

use super::super::keywords::must_be_quoted;
use super::mentions::{self, Mention};

/// A thing that is made or dropped as a whole, or a table that changes in between.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'a> {
    /// An enumerated type.
    Enum(&'a EnumType),
    /// A table.
    Table(&'a Table),
    /// An object that is known by its text.
    Object(&'a Definition),
}

impl<'a> Node<'a> {
    /// Where it stands if nothing else decides.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Enum(_) => 2,
            Self::Table(_) => 9,
            Self::Object(held) => kind_rank(held.id.kind),
        }
    }

    /// Whether it stands on tables, and comes when they are what they will be.
    pub(super) fn is_late(&self) -> bool {
        self.rank() > 9
    }

    fn name(&self) -> &'a QualifiedName {
        match self {
            Self::Enum(held) => &held.name,
            Self::Table(held) => &held.name,
            Self::Object(held) => &held.id.name,
        }
    }

    /// The name that texts mention it by, without arguments.
    fn mentioned(&self) -> &'a str {
        let name = self.name().name.as_str();
        match self {
            Self::Object(held) if held.id.kind == ObjectKind::Function => {
                name.split_once('(').map_or(name, |(name, _)| name)
            }
            Self::Enum(_) | Self::Table(_) | Self::Object(_) => name,
        }
    }

    fn is_function(&self) -> bool {
        matches!(self, Self::Object(held) if held.id.kind == ObjectKind::Function)
    }

    /// Whether other texts can name it at all.
    fn can_be_mentioned(&self) -> bool {
        match self {
            Self::Enum(_) | Self::Table(_) => true,
            Self::Object(held) => !matches!(
                held.id.kind,
                ObjectKind::Namespace
                    | ObjectKind::Extension
                    | ObjectKind::Trigger
                    | ObjectKind::Policy
                    | ObjectKind::Grant
            ),
        }
    }
}

fn kind_rank(kind: ObjectKind) -> u8 {
    match kind {
        ObjectKind::Namespace => 0,
        ObjectKind::Extension => 1,
        ObjectKind::CompositeType => 3,
        ObjectKind::Domain => 4,
        ObjectKind::RangeType => 5,
        ObjectKind::Sequence => 6,
        ObjectKind::VirtualTable => 7,
        ObjectKind::Function => 8,
        ObjectKind::View => 10,
        ObjectKind::MaterializedView => 11,
        ObjectKind::ViewIndex => 12,
        ObjectKind::Trigger => 13,
        ObjectKind::Policy => 14,
        ObjectKind::Grant => 15,
    }
}

/// A name that a text mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The namespace, if one was written.
    namespace: Option<String>,
    name: String,
    /// Whether it is called as a function is.
    call: bool,
    /// Whether the text can be there without it.
    soft: bool,
    /// Whether it stands inside of a string, so that the server does not know of it.
    inside: bool,
}

impl Named {
    fn of(word: Mention<'_>, soft: bool) -> Self {
        let namespace = word.qualifier.map(|q| q.into_owned()).filter(|q| q != "public");
        let inside = word.inside;
        // A bare word that is a name only in quotes is most likely the word: `null` beside a table of that name.
        let soft = soft || (!word.quoted && namespace.is_none() && must_be_quoted(&word.name));
        Self { namespace, name: word.name.into_owned(), call: word.call, soft, inside }
    }

    /// Whether this is what the node is called by.
    pub(super) fn is(&self, node: &Node<'_>) -> bool {
        node.can_be_mentioned() && self.names(node.mentioned(), node.name(), node.is_function())
    }

    /// Whether this names a table or a type.
    pub(super) fn is_name(&self, name: &QualifiedName) -> bool {
        self.names(&name.name, name, false)
    }

    /// Whether the server knows that the thing stands on what is named.
    pub(super) fn is_tracked(&self) -> bool {
        !self.inside
    }

    fn names(&self, text: &str, name: &QualifiedName, function: bool) -> bool {
        self.name == text
            && (self.call || !function)
            && self.namespace.as_deref() == name.namespace.as_deref()
    }
}

/// The names that a thing's text mentions.
pub(super) fn mentions_of(node: &Node<'_>) -> Vec<Named> {
    match node {
        Node::Enum(_) => Vec::new(),
        Node::Table(table) => of_table(table),
        Node::Object(held) => of_object(held),
    }
}

/// The names in a definition. What stands inside of strings is soft if it is the body of a function in another language.
pub(super) fn of_object(held: &Definition) -> Vec<Named> {
    let late_bound = held.id.kind == ObjectKind::Function && !is_in_sql(&held.sql);
    mentions::words(&held.sql)
        .map(|word| {
            let soft = late_bound && word.inside;
            Named::of(word, soft)
        })
        .collect()
}

/// Whether a function's body is SQL, which the server reads when the function is made.
fn is_in_sql(sql: &str) -> bool {
    let words: Vec<Mention<'_>> = mentions::words(sql).filter(|word| !word.inside).collect();
    let language = words.windows(2).find(|pair| pair[0].name == "language" && !pair[0].quoted);
    match language {
        Some(pair) => pair[1].name == "sql",
        // Without a word for it, the body follows as SQL (`RETURN`, `BEGIN ATOMIC`), or the language stands in quotes.
        None => !sql.to_ascii_lowercase().contains("'plpgsql'"),
    }
}

fn of_table(table: &Table) -> Vec<Named> {
    let mut named = Vec::new();
    // What an expression calls as a column of the table is called, is that column.
    let is_column = |word: &Mention<'_>| {
        word.qualifier.is_none()
            && !word.call
            && !word.inside
            && table.columns.contains(word.name.as_ref())
    };
    let mut text = |text: &str| {
        let words = mentions::words(text).filter(|word| !is_column(word));
        named.extend(words.map(|word| Named::of(word, false)));
    };
    for column in &table.columns {
        if let Some(value) = column.default.as_ref().and_then(super::super::writer::default_value) {
            text(&value);
        }
        if let Some(generated) = &column.generated {
            text(generated.expr.as_str());
        }
    }
    table.checks.iter().for_each(|check| text(check.expr.as_str()));
    table.exclusions.iter().for_each(|exclusion| text(exclusion.rule.as_str()));
    for index in &table.indexes {
        index.filter.iter().for_each(|filter| text(filter.as_str()));
        for part in &index.parts {
            match &part.key {
                IndexKey::Expr(expr) => text(expr.as_str()),
                IndexKey::Column(_) => {}
            }
        }
    }
    table.options.partition_by.iter().for_each(|by| text(by.as_str()));
    named.extend(table.columns.iter().flat_map(|column| types_of(&column.data_type)));
    let mut whole = |name: &QualifiedName, soft: bool| {
        named.push(Named {
            namespace: name.namespace.as_ref().map(ToString::to_string),
            name: name.name.to_string(),
            call: false,
            soft,
            inside: false,
        });
    };
    table.options.partition_of.iter().for_each(|partition| whole(&partition.table, false));
    table.options.inherits.iter().for_each(|parent| whole(parent, false));
    for column in &table.columns {
        if let Some(name) = enum_name(&column.data_type) {
            whole(name, false);
        }
    }
    table.foreign_keys.iter().for_each(|key| whole(&key.references.table, true));
    named
}

/// The names of types that a data type is made of.
pub(super) fn types_of(data_type: &Type) -> Vec<Named> {
    let mut named = Vec::new();
    types(data_type, &mut |text: &str| {
        named.extend(mentions::words(text).map(|word| Named::of(word, false)));
    });
    named
}

fn types(data_type: &Type, text: &mut impl FnMut(&str)) {
    match data_type {
        Type::Native(words) => text(words),
        Type::Array(of) => types(of, text),
        _ => {}
    }
}

/// The enumerated type that a type is or is a list of.
pub(super) fn enum_name(data_type: &Type) -> Option<&QualifiedName> {
    match data_type {
        Type::Enum(name) => Some(name),
        Type::Array(of) => enum_name(of),
        _ => None,
    }
}

/// The nodes in an order in which each comes after what it needs.
pub(super) fn in_order<'a>(mut nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
    nodes.sort_by(|a, b| (a.rank(), a.name(), of_name(a)).cmp(&(b.rank(), b.name(), of_name(b))));
    let needs = needs(&nodes);
    let mut made = vec![false; nodes.len()];
    let mut ordered = Vec::with_capacity(nodes.len());
    while ordered.len() < nodes.len() {
        let waiting = |at: &usize| !made[*at];
        let ready = |at: &usize, with_soft: bool| {
            needs[*at].iter().all(|(other, soft)| made[*other] || (*soft && !with_soft))
        };
        let all = || (0..nodes.len()).filter(waiting);
        let next = all().find(|at| ready(at, true));
        let next = next.or_else(|| all().find(|at| ready(at, false)));
        let Some(next) = next.or_else(|| all().next()) else { break };
        made[next] = true;
        ordered.push(nodes[next]);
    }
    ordered
}

fn of_name<'a>(node: &Node<'a>) -> Option<&'a QualifiedName> {
    match node {
        Node::Object(held) => held.id.of.as_ref(),
        Node::Enum(_) | Node::Table(_) => None,
    }
}

/// For each node, the places of those that it needs, and whether it can do without.
fn needs(nodes: &[Node<'_>]) -> Vec<Vec<(usize, bool)>> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut namespaces: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if node.can_be_mentioned() {
            by_name.entry(node.mentioned()).or_default().push(at);
        }
        if let Node::Object(held) = node
            && held.id.kind == ObjectKind::Namespace
        {
            namespaces.insert(held.id.name.name.as_str(), at);
        }
    }
    nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let mut needs: Vec<(usize, bool)> = Vec::new();
            let mut need =
                |other: usize, soft: bool| match needs.iter_mut().find(|(n, _)| *n == other) {
                    _ if other == at => {}
                    Some((_, held)) => *held &= soft,
                    None => needs.push((other, soft)),
                };
            for named in mentions_of(node) {
                for other in by_name.get(named.name.as_str()).into_iter().flatten() {
                    if named.is(&nodes[*other]) {
                        need(*other, named.soft);
                    }
                }
                for namespace in named.namespace.iter().chain([&named.name]) {
                    if let Some(other) = namespaces.get(namespace.as_str()) {
                        need(*other, false);
                    }
                }
            }
            if let Some(namespace) = &node.name().namespace
                && let Some(other) = namespaces.get(namespace.as_str())
            {
                need(*other, false);
            }
            needs
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Column, ObjectId};

    use super::*;

    fn object(kind: ObjectKind, name: &str, sql: &str) -> Definition {
        Definition::new(ObjectId::new(kind, name), sql)
    }

    #[test]
    fn each_comes_after_what_it_needs() {
        let mut orders = Table::new("orders");
        let mut column = Column::new("total", Type::Integer);
        column.default = Some(peristyle_schema::ColumnDefault::Expr("first_total()".into()));
        orders.columns.insert(column);
        let objects = [
            object(ObjectKind::View, "a", "CREATE VIEW a AS SELECT * FROM z"),
            object(ObjectKind::View, "z", "CREATE VIEW z AS SELECT * FROM orders"),
            object(
                ObjectKind::Function,
                "first_total()",
                "CREATE FUNCTION first_total() RETURNS integer LANGUAGE plpgsql AS $$ begin return (select 1 from orders); end $$",
            ),
            object(
                ObjectKind::Function,
                "b(orders)",
                "CREATE FUNCTION b(o orders) RETURNS integer LANGUAGE sql AS $$ select 1 from z $$",
            ),
        ];
        let mut nodes = vec![Node::Table(&orders)];
        nodes.extend(objects.iter().map(Node::Object));
        let names: Vec<String> =
            in_order(nodes).iter().map(|node| node.name().name.to_string()).collect();
        assert_eq!(names, ["first_total()", "orders", "z", "b(orders)", "a"]);
    }
}
