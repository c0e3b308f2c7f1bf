//! `SELECT`.

use super::{Sql, column_of};
use crate::expr::{Binary, Node, OrderKey, OrderTerm, Unary};
use crate::source::{Home, SourceRef};
use crate::statement::{
    Clauses, Distinct, Item, Join, JoinKind, Named, Projection, Select, SetOperator,
};

/// What an answer is made of, where the projection says nothing else.
enum Give<'a> {
    /// Nothing but that there is a row.
    One,
    /// This.
    These(&'a Projection),
}

impl Sql<'_> {
    pub(super) fn select(&mut self, select: &Select) {
        if let Some(clauses) = &select.clauses {
            self.with(&clauses.with);
        }
        match &select.projection {
            Projection::Count(None) if select.limit.is_none() && select.offset.is_none() => {
                self.put("SELECT count(*)");
                self.reading(select);
            }
            // A limit counts before the rows are counted, so they are counted from outside.
            Projection::Count(None) => self.counted(select, Give::One),
            Projection::Count(Some(of)) => self.counted(select, Give::These(of)),
            Projection::Exists(of) => {
                self.put("SELECT EXISTS (");
                self.body(select, &of.as_deref().map_or(Give::One, Give::These));
                self.put(")");
            }
            projection => self.body(select, &Give::These(projection)),
        }
        // Rows that are counted or only asked for are not locked: PostgreSQL refuses to, and nobody gets them.
        let gives_rows = !matches!(select.projection, Projection::Count(_) | Projection::Exists(_));
        if let Some(lock) = select.clauses.as_ref().and_then(|clauses| clauses.lock)
            && gives_rows
        {
            let words = self.words.lock(lock);
            self.put(words);
        }
    }

    fn counted(&mut self, select: &Select, give: Give<'_>) {
        self.put("SELECT count(*) FROM (");
        self.body(select, &give);
        self.put(") AS counted");
    }

    /// The query without what is around it.
    fn body(&mut self, select: &Select, give: &Give<'_>) {
        if let Give::These(Projection::Compound { first, rest }) = give {
            self.compound(first, rest);
            for (at, term) in select.order.iter().enumerate() {
                self.put(if at == 0 { " ORDER BY " } else { ", " });
                let place = first.place_of(term).map_or_else(String::new, |at| at.to_string());
                self.put(&place);
                self.direction(term, true);
            }
            self.limit(select);
            return;
        }
        if let Some(clauses) = &select.clauses
            && let Distinct::On(by) = &clauses.distinct
            && !self.words.knows_distinct_on()
        {
            let by: Vec<String> = by.iter().map(|nodes| self.text_of(nodes)).collect();
            return self.first_of_each(select, &by, 1, give);
        }
        if let Some(each) = select.clauses.as_ref().and_then(|clauses| clauses.each.as_ref()) {
            let by = each.columns.iter().map(|column| self.column(select.source, *column, false));
            let by: Vec<String> = by.collect();
            return self.first_of_each(select, &by, each.most, give);
        }
        self.put("SELECT ");
        self.distinct(select);
        self.give(select, give);
        self.reading(select);
        self.order(select);
        self.limit(select);
    }

    fn with(&mut self, with: &[Named]) {
        if with.is_empty() {
            return;
        }
        let recursive = with.iter().any(|named| named.recursive);
        self.put(if recursive { "WITH RECURSIVE " } else { "WITH " });
        for (at, named) in with.iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.name(named.source.0.name);
            self.put(" (");
            self.columns(named.source.0, named.source.0.positions());
            self.put(") AS (");
            let select = self.inner(&named.select);
            self.put(&select);
            self.put(")");
        }
        self.put(" ");
    }

    fn compound(&mut self, first: &Select, rest: &[(SetOperator, std::sync::Arc<Select>)]) {
        self.operand(first);
        for (operator, select) in rest {
            self.put(match operator {
                SetOperator::Union => " UNION ",
                SetOperator::UnionAll => " UNION ALL ",
                SetOperator::Intersect => " INTERSECT ",
                SetOperator::Except => " EXCEPT ",
            });
            self.operand(select);
        }
    }

    /// A query that others are added to. SQLite takes no parentheses there.
    fn operand(&mut self, select: &Select) {
        let bare = select.order.is_empty()
            && select.limit.is_none()
            && select.offset.is_none()
            && !matches!(select.projection, Projection::Compound { .. })
            && select.clauses.as_ref().is_none_or(|clauses| {
                clauses.with.is_empty()
                    && clauses.lock.is_none()
                    && !matches!(clauses.distinct, Distinct::On(_))
            });
        let text = self.inner(select);
        if bare {
            self.put(&text);
        } else {
            self.put(&format!("SELECT * FROM ({text}) AS operand"));
        }
    }

    fn distinct(&mut self, select: &Select) {
        match select.clauses.as_ref().map(|clauses| &clauses.distinct) {
            None | Some(Distinct::No) => {}
            Some(Distinct::Rows) => self.put("DISTINCT "),
            Some(Distinct::On(by)) => {
                self.put("DISTINCT ON (");
                for (at, nodes) in by.iter().enumerate() {
                    if at > 0 {
                        self.put(", ");
                    }
                    self.expression(nodes);
                }
                self.put(") ");
            }
        }
    }

    fn give(&mut self, select: &Select, give: &Give<'_>) {
        let items = self.given(select, give);
        self.put(&items.join(", "));
    }

    /// What the answer is made of, each by itself.
    fn given(&mut self, select: &Select, give: &Give<'_>) -> Vec<String> {
        let plain = !select.is_joined();
        match give {
            Give::These(Projection::Row) => {
                select.sources().flat_map(|source| self.whole(source, plain)).collect()
            }
            Give::These(Projection::Items(items)) if !items.is_empty() => {
                let mut given = Vec::with_capacity(items.len());
                for item in items {
                    match item {
                        Item::Column(source, column) => {
                            given.push(self.column(*source, *column, plain));
                        }
                        Item::Row(source) => given.extend(self.whole(*source, plain)),
                        Item::Expr(nodes) => given.push(self.text_of(nodes)),
                    }
                }
                given
            }
            Give::One
            | Give::These(
                Projection::Items(_)
                | Projection::Compound { .. }
                | Projection::Count(_)
                | Projection::Exists(_),
            ) => vec!["1".to_owned()],
        }
    }

    fn whole(&self, source: SourceRef, plain: bool) -> Vec<String> {
        source.0.positions().map(|column| self.column(source, column, plain)).collect()
    }

    /// A column, without its table where only one is read.
    fn column(&self, source: SourceRef, column: u16, plain: bool) -> String {
        if plain {
            self.words.quote(source.0.column_name(column))
        } else {
            column_of(self.words, source.0, column)
        }
    }

    /// What is read, and which rows of it.
    fn reading(&mut self, select: &Select) {
        self.put(" FROM ");
        self.read(select.source);
        let Some(clauses) = &select.clauses else {
            return self.rows(select);
        };
        for Join { kind, source, on } in &clauses.joins {
            self.put(match kind {
                JoinKind::Inner => " JOIN ",
                JoinKind::Left => " LEFT JOIN ",
                JoinKind::Right => " RIGHT JOIN ",
                JoinKind::Full => " FULL JOIN ",
            });
            self.read(*source);
            self.put(" ON ");
            self.condition(select, on);
        }
        self.rows(select);
        self.groups(clauses);
    }

    /// Which rows are read.
    fn rows(&mut self, select: &Select) {
        let nodes = select.filter.clone().into_nodes(select.source.0);
        if !nodes.is_empty() {
            self.put(" WHERE ");
            self.condition(select, &nodes);
        }
    }

    /// A condition on what is read.
    fn condition(&mut self, select: &Select, nodes: &[Node]) {
        if select.offset.is_none() || !self.words.confuses_offset_and_exists() {
            return self.expression(nodes);
        }
        let mut said = Vec::with_capacity(nodes.len());
        for node in nodes {
            said.push(node.clone());
            // Documents are searched by an `EXISTS` too.
            if matches!(
                node,
                Node::Exists(_) | Node::Binary(Binary::HoldsElement | Binary::HoldsDocument)
            ) {
                said.push(Node::Unary(Unary::IsTrue));
            }
        }
        self.expression(&said);
    }

    fn groups(&mut self, clauses: &Clauses) {
        for (at, nodes) in clauses.group.iter().enumerate() {
            self.put(if at == 0 { " GROUP BY " } else { ", " });
            self.expression(nodes);
        }
        if !clauses.having.is_empty() {
            self.put(" HAVING ");
            self.expression(&clauses.having);
        }
    }

    fn read(&mut self, source: SourceRef) {
        match source.0.home {
            Home::Database => self.source(source.0),
            Home::Statement => self.name(source.0.name),
        }
        if let Some(alias) = source.0.alias {
            self.put(" AS ");
            self.name(alias);
        }
    }

    fn order(&mut self, select: &Select) {
        for (at, term) in select.order.iter().enumerate() {
            self.put(if at == 0 { " ORDER BY " } else { ", " });
            let (by, nullable) = self.sorted_by(select, term);
            self.put(&by);
            self.direction(term, nullable);
        }
    }

    /// What a term sorts by, and whether it may be null.
    fn sorted_by(&mut self, select: &Select, term: &OrderTerm) -> (String, bool) {
        match &term.key {
            OrderKey::Column(source, column) => {
                let info = source.0.columns.get(usize::from(*column));
                let nullable = select.may_lack(*source) || info.is_none_or(|info| info.nullable);
                (self.column(*source, *column, !select.is_joined()), nullable)
            }
            OrderKey::Expr(nodes) => (self.text_of(nodes), true),
        }
    }

    fn direction(&mut self, term: &OrderTerm, nullable: bool) {
        let words = self.words.direction(term.direction, term.nulls, nullable);
        self.put(words);
    }

    fn limit(&mut self, select: &Select) {
        match (select.limit, select.offset) {
            (None, None) => {}
            (Some(limit), None) => self.put(&format!(" LIMIT {limit}")),
            (Some(limit), Some(offset)) => self.put(&format!(" LIMIT {limit} OFFSET {offset}")),
            // SQLite has no OFFSET without LIMIT; the largest number is every row.
            (None, Some(offset)) => self.put(&format!(" LIMIT {} OFFSET {offset}", i64::MAX)),
        }
    }

    /// The first rows of those that are equal in something: the rows of each are numbered.
    fn first_of_each(&mut self, select: &Select, by: &[String], most: u64, give: &Give<'_>) {
        let given = self.given(select, give);
        let columns: Vec<String> = (1..=given.len()).map(|at| format!("c{at}")).collect();
        let numbered: Vec<String> = given
            .iter()
            .zip(&columns)
            .map(|(item, column)| format!("{item} AS {column}"))
            .collect();
        // The order stands behind what is read, so its values come behind those of the filter.
        let mut rest = Sql { text: String::new(), parameters: self.parameters, words: self.words };
        rest.reading(select);
        let mut order = String::new();
        for (at, term) in select.order.iter().enumerate() {
            order.push_str(if at == 0 { "ORDER BY " } else { ", " });
            let (text, nullable) = rest.sorted_by(select, term);
            order.push_str(&text);
            order.push_str(rest.words.direction(term.direction, term.nulls, nullable));
        }
        self.parameters = rest.parameters;
        self.put(&format!(
            "SELECT {} FROM (SELECT {}, row_number() OVER (PARTITION BY {} {order}) AS nth, row_number() OVER ({order}) AS place{}) AS firsts WHERE nth <= {most} ORDER BY place",
            columns.join(", "),
            numbered.join(", "),
            by.join(", "),
            rest.text,
        ));
        self.limit(select);
    }
}
