//! Pages, what belongs to rows, and rows that are written.

use peristyle::Table;
use peristyle_tests::queries::Place;
use peristyle_tests::queries::tables::{Item, Sale, Shop};
use peristyle_tests::queries::typed;
use peristyle_tests::queries::witness::{Kind, Rows, Told};

use crate::asking::{Asking, Seen, Sorted};

impl Asking<'_> {
    /// A query of any kind.
    pub fn any(&mut self) -> Result<Seen, String> {
        match self.dice.below(12) {
            0 => self.one_table(Item::all(), "items"),
            1 => self.one_table(Sale::all(), "sales"),
            2 => self.one_table(Shop::all(), "shops"),
            3..6 => self.joined(),
            6..8 => self.groups(),
            8 => self.together(),
            9 => self.pages(),
            10 => self.relations(),
            _ => self.written(),
        }
    }

    /// Pages of a few rows, one after the other, are the whole.
    pub fn pages(&mut self) -> Result<Seen, String> {
        let (filter, filtered) = self.filter::<Item>();
        let mut query = Item::all().filter(filter);
        let mut ordered = Vec::new();
        for _ in 0..self.dice.below(3) {
            let down = self.dice.one_in(2);
            macro_rules! by {
                ($column:ident, $name:literal) => {{
                    query =
                        query.order(if down { Item::$column.desc() } else { Item::$column.asc() });
                    ordered.push(format!(
                        "items.{} {}",
                        $name,
                        if down { "DESC NULLS LAST" } else { "ASC NULLS FIRST" }
                    ));
                }};
            }
            match self.dice.below(8) {
                0 => by!(NAME, "name"),
                1 => by!(NOTE, "note"),
                2 => by!(N, "n"),
                3 => by!(M, "m"),
                4 => by!(SCORE, "score"),
                5 => by!(WEIGHT, "weight"),
                6 => by!(DAY, "day"),
                _ => by!(LIVE, "live"),
            }
        }
        ordered.push("items.id ASC".to_owned());
        let size = self.dice.below(5) as u32 + 1;
        let sql = format!("pages of {size}: {}", query.sql(self.db));
        let plain = format!("SELECT items.id FROM items{filtered} ORDER BY {}", ordered.join(", "));
        let mut rows: Rows = Vec::new();
        let mut cursor = None;
        let all = loop {
            let page = match query.clone().page(size, cursor, self.db) {
                Ok(page) => page,
                Err(error) => break Err(error),
            };
            let last = page.next.is_none();
            if !last && page.rows.len() as u32 != size {
                return Err(format!("{sql}: a page of {} rows before the last", page.rows.len()));
            }
            rows.extend(page.rows.iter().map(|item| vec![item.id.told()]));
            // As a client would bring it back.
            cursor = page.next.map(|cursor| cursor.to_string().parse().expect("a cursor"));
            if last {
                break Ok(rows);
            }
        };
        self.compare(all, &[Kind::Int], Sorted::Yes, &sql, &plain)
    }

    /// What belongs to each row, and to that.
    pub fn relations(&mut self) -> Result<Seen, String> {
        let (shops, shops_sql) = self.filter::<Shop>();
        let (items, items_sql) = self.filter::<Item>();
        let (sales, sales_sql) = self.filter::<Sale>();
        let (limit, down) = (self.dice.below(4), self.dice.one_in(2));
        let mut branch = Item::SHOP.children().filter(items);
        branch = branch.order(if down { Item::NAME.desc() } else { Item::NAME.asc() });
        branch = branch.order(Item::ID.asc());
        if limit > 0 {
            branch = branch.limit(limit);
        }
        let leaf = Sale::ITEM.children().filter(sales).order(Sale::DAY.asc()).order(Sale::ID.asc());
        let tree = Shop::all().filter(shops).order(Shop::ID.asc()).with(branch.with(leaf));
        let loaded = tree.all(self.db).map(|shops| {
            let mut rows: Rows = Vec::new();
            for (shop, items) in &shops {
                if items.is_empty() {
                    rows.push(vec![shop.id.told(), None::<i64>.told(), None::<i64>.told()]);
                }
                for (item, sales) in items {
                    if sales.is_empty() {
                        rows.push(vec![shop.id.told(), item.id.told(), None::<i64>.told()]);
                    }
                    for sale in sales {
                        rows.push(vec![shop.id.told(), item.id.told(), sale.id.told()]);
                    }
                }
            }
            rows
        });
        let and = |filter: &str| filter.replacen(" WHERE ", " AND ", 1);
        let numbered = format!(
            "SELECT items.id, items.shop_id, row_number() OVER (PARTITION BY items.shop_id ORDER BY items.name {}, items.id) AS nth FROM items WHERE items.shop_id IS NOT NULL{}",
            if down { "DESC" } else { "ASC" },
            and(&items_sql)
        );
        let most = if limit > 0 { limit } else { 1000 };
        let plain = format!(
            "SELECT parent.id, child.id, grandchild.id FROM (SELECT shops.id FROM shops{shops_sql}) AS parent \
             LEFT JOIN ({numbered}) AS child ON child.shop_id = parent.id AND child.nth <= {most} \
             LEFT JOIN (SELECT sales.id, sales.item_id, sales.day FROM sales{sales_sql}) AS grandchild ON grandchild.item_id = child.id \
             ORDER BY parent.id, child.nth NULLS FIRST, grandchild.day NULLS FIRST, grandchild.id"
        );
        self.compare(loaded, &[Kind::Int; 3], Sorted::Yes, "a tree of three levels", &plain)
    }

    /// Rows that are changed or deleted, and then put back.
    pub fn written(&mut self) -> Result<Seen, String> {
        let (filter, filtered) = self.filter::<Item>();
        let mut grower = self.grower(&[Place::Item]);
        let (int, text) = (grower.int(1), grower.text(1));
        let words = self.plain();
        let delete = self.dice.one_in(3);
        let (sql, change) = match delete {
            true => ("a deletion".to_owned(), format!("DELETE FROM items{filtered}")),
            false => (
                "an update".to_owned(),
                format!(
                    "UPDATE items SET m = {}, note = {}{filtered}",
                    words.int(&int),
                    words.text(&text)
                ),
            ),
        };
        let transaction = self.db.begin().map_err(|error| error.to_string())?;
        let written = match delete {
            true => Item::delete_all().filter(filter).run(&transaction),
            false => Item::update_all()
                .filter(filter)
                .set(Item::M, typed::int::<Item>(&int))
                .set(Item::NOTE, typed::text::<Item>(&text))
                .run(&transaction),
        };
        let left = written.and_then(|written| {
            let mut rows: Rows = vec![vec![
                (written as i64).told(),
                Sale::all().count(&transaction)?.cast_signed().told(),
                None::<String>.told(),
            ]];
            for item in Item::all().order(Item::ID.asc()).all(&transaction)? {
                rows.push(vec![item.id.told(), item.m.told(), item.note.told()]);
            }
            Ok(rows)
        });
        transaction.rollback().map_err(|error| error.to_string())?;
        // The witness does the same, and counts by what it has changed.
        self.witness.run("BEGIN")?;
        let hit = self.witness.ask(&format!("SELECT count(*) FROM items{filtered}"), &[Kind::Int]);
        let after = hit.and_then(|hit| self.witness.run(&change).map(|()| hit));
        let seen = match after {
            Err(error) => {
                self.witness.run("ROLLBACK")?;
                return match left {
                    Err(_) => Ok(Seen::Refused),
                    Ok(_) => Err(format!("{sql}: {change}\n  succeeds, and plainly not: {error}")),
                };
            }
            Ok(hit) => hit,
        };
        let plain = format!(
            "SELECT {}, (SELECT count(*) FROM sales), NULL, 0 AS place UNION ALL SELECT items.id, items.m, items.note, items.id FROM items ORDER BY place",
            seen[0][0]
        );
        let compared = self.compare(
            left,
            &[Kind::Int, Kind::Int, Kind::Text],
            Sorted::Yes,
            &format!("{sql} by {change}"),
            &plain,
        );
        self.witness.run("ROLLBACK")?;
        compared
    }
}
