//! Columns, expressions, groups, and the rows of two queries.

use peristyle::query::Maybe;
use peristyle::{Query, Table, count};
use peristyle_sql::DialectName;
use peristyle_tests::queries::tables::{Item, Parent, Sale, Shop};
use peristyle_tests::queries::tree::{RealColumn, Text};
use peristyle_tests::queries::typed::{self, Tables};
use peristyle_tests::queries::witness::{Kind, Rows, Told};
use peristyle_tests::queries::{Place, Real};

use crate::asking::{Asking, Seen, Sorted};

/// A group's key, three counts, a sum, the least, another sum and the mean.
type Group = (Option<String>, i64, i64, i64, Option<i64>, Option<i64>, Option<f64>, Option<f64>);

/// A row of one column of each kind.
type Five = (Option<i64>, Option<String>, Option<f64>, Option<bool>, Option<peristyle::Date>);

const FIVE: [Kind; 5] = [Kind::Int, Kind::Text, Kind::Real, Kind::Bool, Kind::Day];

fn five(rows: Vec<Five>) -> Rows {
    let row = |(a, b, c, d, e): Five| vec![a.told(), b.told(), c.told(), d.told(), e.told()];
    rows.into_iter().map(row).collect()
}

impl Asking<'_> {
    /// Expressions over several tables.
    pub fn joined(&mut self) -> Result<Seen, String> {
        match self.dice.below(8) {
            0 => self.five_of(Item::all().join(Item::SHOP), "items JOIN shops ON items.shop_id = shops.id"),
            1 => self.five_of(
                Item::all().left_join(Item::SHOP),
                "items LEFT JOIN shops ON items.shop_id = shops.id",
            ),
            2 => self.five_of(
                Item::all().right_join(Item::SHOP),
                "items RIGHT JOIN shops ON items.shop_id = shops.id",
            ),
            3 => self.five_of(
                Item::all().full_join(Item::SHOP),
                "items FULL JOIN shops ON items.shop_id = shops.id",
            ),
            4 => self.five_of(
                Item::all().left_join(Item::SHOP).join(Sale::ITEM),
                "items LEFT JOIN shops ON items.shop_id = shops.id JOIN sales ON sales.item_id = items.id",
            ),
            5 => self.five_of(
                Item::all().left_join(Item::SHOP).left_join(Sale::ITEM),
                "items LEFT JOIN shops ON items.shop_id = shops.id LEFT JOIN sales ON sales.item_id = items.id",
            ),
            6 => self.five_of(
                Shop::all().left_join(Shop::PARENT.parent_as(Parent)),
                "shops LEFT JOIN shops AS \"Parent\" ON shops.parent_id = \"Parent\".id",
            ),
            _ => {
                // Any condition joins; a full join takes none but equality on PostgreSQL.
                let cond = self.grower(&[Place::Item, Place::Shop]).cond(2);
                let plain = format!("items LEFT JOIN shops ON {}", self.plain().cond(&cond));
                self.five_of(
                    Item::all().left_join_on::<Shop, _>(typed::cond::<(Item, Maybe<Shop>)>(&cond)),
                    &plain,
                )
            }
        }
    }

    /// An expression of each kind, of the rows of a query.
    pub fn five_of<Q, Out>(&mut self, query: Query<Out, Q>, from: &str) -> Result<Seen, String>
    where
        Q: Tables + peristyle::query::Filtered,
    {
        let (filter, filtered) = self.filter::<Q>();
        let (items, selected) = self.items::<Q>();
        let (order, ordered) = self.order::<Q>();
        let (limit, offset, limited) = self.limits();
        let mut query = query.filter(filter).select(items);
        if self.dice.one_in(5) {
            // Rows that are told apart by what they give have no order but by that.
            let query = query.distinct();
            let sql = query.sql(self.db);
            let plain = format!("SELECT DISTINCT {selected} FROM {from}{filtered}");
            return self.compare(query.all(self.db).map(five), &FIVE, Sorted::No, &sql, &plain);
        }
        for term in order {
            query = query.order(term);
        }
        if let Some(limit) = limit {
            query = query.limit(limit);
        }
        if let Some(offset) = offset {
            query = query.offset(offset);
        }
        let sql = query.sql(self.db);
        let plain = format!("SELECT {selected} FROM {from}{filtered} ORDER BY {ordered}{limited}");
        self.compare(query.all(self.db).map(five), &FIVE, Sorted::Yes, &sql, &plain)
    }

    /// Groups and what is reckoned of each.
    pub fn groups(&mut self) -> Result<Seen, String> {
        type Of = (Item, Maybe<Shop>);
        let words = self.plain();
        let mut grower = self.grower(Of::PLACES);
        let by = match grower.dice.one_in(2) {
            true => Text::Column(grower.text_column()),
            // An expression with parameters is another one each time it is said, to PostgreSQL: values stand in columns.
            false => Text::Lower(Box::new(Text::Column(grower.text_column()))),
        };
        let (of, only) = (grower.int(1), grower.cond(1));
        let (least, having) = (grower.dice.below(3) as i64, grower.dice.one_in(2));
        let (filter, filtered) = self.filter::<Of>();
        let by_sql = words.text(&by);
        let int = || typed::int::<Of>(&of);
        let mut query =
            Item::all().left_join(Item::SHOP).filter(filter).group_by(typed::text::<Of>(&by));
        let mut behind = String::new();
        if having {
            query = query.having(count().gt(least));
            behind = format!(" HAVING count(*) > {least}");
        }
        let query = query
            .select((
                typed::text::<Of>(&by),
                count().filter_where(typed::cond(&only)),
                int().count(),
                int().count_distinct(),
                int().sum(),
                int().min(),
                typed::real::<Of>(&Real::Column(RealColumn::ItemScore)).sum(),
                int().avg(),
            ))
            .order(typed::text::<Of>(&by).asc());
        let int = words.int(&of);
        let cast = match self.witness.dialect() {
            DialectName::Sqlite => "",
            DialectName::Postgres => "::bigint",
        };
        let plain = format!(
            "SELECT {by_sql}, count(CASE WHEN {} THEN 1 END), count({int}), count(DISTINCT {int}), sum({int}){cast}, min({int}), sum(items.score), avg({int}) \
             FROM items LEFT JOIN shops ON items.shop_id = shops.id{filtered} GROUP BY {by_sql}{behind} ORDER BY {by_sql} ASC NULLS FIRST",
            words.cond(&only)
        );
        let sql = query.sql(self.db);
        let rows = query.all(self.db).map(|rows| {
            let row = |(a, b, c, d, e, f, g, h): Group| {
                // The mean of whole numbers is rounded by each in its own way.
                let mean = h.filter(|mean| mean.abs() < 1e9).map(|mean| (mean * 1e6).round());
                vec![
                    a.told(),
                    b.told(),
                    c.told(),
                    d.told(),
                    e.told(),
                    f.told(),
                    g.told(),
                    mean.told(),
                ]
            };
            rows.into_iter().map(row).collect()
        });
        let plain = plain.replacen(
            &format!("avg({int}) FROM"),
            &format!(
                "CASE WHEN abs(avg({int})) < 1000000000 THEN round(avg({int}) * 1000000) END FROM"
            ),
            1,
        );
        use Kind::{Int as I, Real as R, Text as T};
        self.compare(rows, &[T, I, I, I, I, I, R, R], Sorted::Yes, &sql, &plain)
    }

    /// The rows of two queries.
    pub fn together(&mut self) -> Result<Seen, String> {
        let (one, one_sql) = self.filter::<Item>();
        let (other, other_sql) = self.filter::<Sale>();
        let mut left = Item::all().filter(one).select((Item::N, Item::NOTE));
        let right = Sale::all().filter(other).select((Sale::AMOUNT, Sale::BUYER));
        let (kind, limited) = (self.dice.below(4), self.dice.one_in(3));
        let mut left_sql = format!("SELECT items.n AS n, items.note AS note FROM items{one_sql}");
        if limited {
            left = left.order(Item::ID.asc()).limit(3);
            left_sql = format!("SELECT * FROM ({left_sql} ORDER BY items.id LIMIT 3) AS few");
        }
        let (query, word) = match kind {
            0 => (left.union(right), "UNION"),
            1 => (left.union_all(right), "UNION ALL"),
            2 => (left.intersect(right), "INTERSECT"),
            _ => (left.except(right), "EXCEPT"),
        };
        let query = query.order(Item::N.desc()).order(Item::NOTE.asc());
        let (limit, offset, limits) = self.limits();
        let mut query = query;
        if let Some(limit) = limit {
            query = query.limit(limit);
        }
        if let Some(offset) = offset {
            query = query.offset(offset);
        }
        let sql = query.sql(self.db);
        let plain = format!(
            "SELECT n, note FROM ({left_sql} {word} SELECT sales.amount, sales.buyer FROM sales{other_sql}) AS together ORDER BY n DESC NULLS LAST, note ASC NULLS FIRST{limits}"
        );
        let rows = query
            .all(self.db)
            .map(|rows| rows.iter().map(|(n, note)| vec![n.told(), note.told()]).collect());
        self.compare(rows, &[Kind::Int, Kind::Text], Sorted::Yes, &sql, &plain)
    }
}
