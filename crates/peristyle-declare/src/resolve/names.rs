//! Names: each is declared once, and a former name is not in use any more.

use std::collections::BTreeMap;

use peristyle_schema::{Diagnostic, Hint, QualifiedName, Span};

use super::Resolver;

impl Resolver<'_> {
    /// Reports everything that is called like something else.
    pub(super) fn check_names(&mut self) {
        self.check_rust_names();
        self.check_database_names();
        self.check_index_names();
        self.check_former_names();
    }

    /// Types are followed by their last word, so two declarations of one Rust name could not be told apart.
    fn check_rust_names(&mut self) {
        let declared = self.declarations;
        let all = (declared.tables.iter().map(|d| (d.rust_name.as_str(), &d.span)))
            .chain(declared.views.iter().map(|d| (d.rust_name.as_str(), &d.span)))
            .chain(declared.enums.iter().map(|d| (d.rust_name.as_str(), &d.span)))
            .chain(declared.newtypes.iter().map(|d| (d.rust_name.as_str(), &d.span)));
        for (name, first, second) in twins(all) {
            self.report(
                Diagnostic::error(
                    "duplicate-declaration",
                    format!("two declarations are called `{name}`{}", also_at(first)),
                )
                .help("give one of them another Rust name; `name = \"…\"` keeps the database's"),
                second,
            );
        }
    }

    fn check_database_names(&mut self) {
        let declared = self.declarations;
        let tables = (declared.tables.iter().map(|d| (&d.name, &d.span)))
            .chain(declared.views.iter().map(|d| (&d.name, &d.span)));
        let enums = declared.enums.iter().map(|d| (&d.name, &d.span));
        let found: Vec<_> = twins(tables)
            .map(|twin| ("table or view", twin))
            .chain(twins(enums).map(|twin| ("enumerated type", twin)))
            .collect();
        for (what, (name, first, second)) in found {
            self.report(
                Diagnostic::error(
                    "duplicate-name",
                    format!("a second {what} is called `{name}`{}", also_at(first)),
                )
                .help("give one of them another `name = \"…\"`"),
                second,
            );
        }
    }

    /// Two indexes of one name, on two tables: they share one namespace in every database here.
    fn check_index_names(&mut self) {
        let declared = self.declarations;
        let mut seen: BTreeMap<QualifiedName, &str> = BTreeMap::new();
        let mut found = Vec::new();
        for table in &declared.tables {
            let namespace = &table.name.namespace;
            for index in &table.indexes {
                let Some(name) = index.name.clone() else { continue };
                let name = QualifiedName { namespace: namespace.clone(), name };
                match seen.get(&name) {
                    Some(first) if *first != table.rust_name => found.push((name, *first, index)),
                    Some(_) => {}
                    None => {
                        seen.insert(name, &table.rust_name);
                    }
                }
            }
        }
        for (name, first, index) in found {
            self.report(
                Diagnostic::error(
                    "duplicate-name",
                    format!("a second index is called `{name}`: `{first}` has one"),
                )
                .help("give one of them another name"),
                &index.span,
            );
        }
    }

    /// A former name that is still in use says two contradictory things.
    fn check_former_names(&mut self) {
        const HELP: &str = "take `was` away: the rename is long done";
        let declared = self.declarations;
        let tables: BTreeMap<_, _> = declared.tables.iter().map(|t| (&t.name, t)).collect();
        let enums: BTreeMap<_, _> = declared.enums.iter().map(|e| (&e.name, e)).collect();
        let mut found: Vec<(String, &Hint<Span>)> = Vec::new();
        for table in &declared.tables {
            if let Some(was) = table.was.as_ref().filter(|was| tables.contains_key(was)) {
                let message =
                    format!("`{}` was `{was}`, and a table `{was}` is declared too", table.name);
                found.push((message, &table.span));
            }
            for column in &table.columns {
                if let Some(was) = &column.was
                    && table.columns.iter().any(|other| other.name == *was)
                {
                    let message = format!(
                        "`{}.{}` was `{was}`, and a column `{was}` is declared too",
                        table.name, column.name
                    );
                    found.push((message, &column.span));
                }
            }
        }
        for enumerated in &declared.enums {
            if let Some(was) = enumerated.was.as_ref().filter(|was| enums.contains_key(was)) {
                let message = format!(
                    "`{}` was `{was}`, and a type `{was}` is declared too",
                    enumerated.name
                );
                found.push((message, &enumerated.span));
            }
            for value in &enumerated.variants {
                if let Some(was) = &value.was
                    && enumerated.variants.iter().any(|other| other.name == *was)
                {
                    let message = format!(
                        "the value `{}` of `{}` was `{was}`, and a value `{was}` is declared too",
                        value.name, enumerated.name
                    );
                    found.push((message, &enumerated.span));
                }
            }
        }
        for (message, at) in found {
            self.report(Diagnostic::error("contradiction", message).help(HELP), at);
        }
    }
}

/// The names that come a second time: where they came first, and where again.
fn twins<'a, N: Ord + Clone + 'a>(
    names: impl Iterator<Item = (N, &'a Hint<Span>)> + 'a,
) -> impl Iterator<Item = (N, &'a Hint<Span>, &'a Hint<Span>)> + 'a {
    let mut seen: BTreeMap<N, &'a Hint<Span>> = BTreeMap::new();
    names.filter_map(move |(name, span)| match seen.get(&name) {
        Some(first) => Some((name, *first, span)),
        None => {
            seen.insert(name, span);
            None
        }
    })
}

fn also_at(first: &Hint<Span>) -> String {
    first.get().map(|span| format!(", like the one at {span}")).unwrap_or_default()
}
