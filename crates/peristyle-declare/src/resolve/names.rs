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
        let tables = (declared.tables.iter().map(|d| (&d.name, (&d.rust_name, &d.span))))
            .chain(declared.views.iter().map(|d| (&d.name, (&d.rust_name, &d.span))));
        let enums = declared.enums.iter().map(|d| (&d.name, (&d.rust_name, &d.span)));
        let found: Vec<_> = twins(tables)
            .map(|twin| ("table or view", twin))
            .chain(twins(enums).map(|twin| ("enumerated type", twin)))
            .collect();
        for (what, (name, (first, _), (_, second))) in found {
            self.report(
                Diagnostic::error(
                    "duplicate-name",
                    format!("a second {what} is called `{name}`: `{first}` has that name"),
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

    /// A former name is one thing's: two things have not both had it, and two things cannot exchange their names, because
    /// that would happen again each time.
    fn check_former_names(&mut self) {
        let declared = self.declarations;
        let mut found = Vec::new();
        let tables = declared.tables.iter().map(|t| (&t.name, t.was.as_ref(), &t.span));
        former_names("table", tables, &mut found);
        let enums = declared.enums.iter().map(|e| (&e.name, e.was.as_ref(), &e.span));
        former_names("enumerated type", enums, &mut found);
        for table in &declared.tables {
            let columns = table.columns.iter().map(|c| (&c.name, c.was.as_ref(), &c.span));
            former_names("column", columns, &mut found);
        }
        for enumerated in &declared.enums {
            let values = enumerated.variants.iter();
            let values = values.map(|v| (&v.name, v.was.as_ref(), &enumerated.span));
            former_names("value", values, &mut found);
        }
        for (diagnostic, at) in found {
            self.report(diagnostic, at);
        }
    }
}

/// Reports the former names among things of one kind that contradict each other.
fn former_names<'a, N: Ord + std::fmt::Display + 'a>(
    what: &str,
    things: impl Iterator<Item = (&'a N, Option<&'a N>, &'a Hint<Span>)>,
    found: &mut Vec<(Diagnostic, &'a Hint<Span>)>,
) {
    let renamed: Vec<(&N, &N, &Hint<Span>)> =
        things.filter_map(|(name, was, span)| Some((name, was?, span))).collect();
    let mut heirs: BTreeMap<&N, &N> = BTreeMap::new();
    for &(name, was, span) in &renamed {
        if let Some(other) = heirs.insert(was, name) {
            let message =
                format!("`{other}` and `{name}` both say that they were the {what} `{was}`");
            let help = "say it of the one that was renamed";
            found.push((Diagnostic::error("contradiction", message).help(help), span));
        }
    }
    for &(name, was, span) in &renamed {
        let mut heir = name;
        for _ in 0..renamed.len() {
            let Some(next) = heirs.get(heir) else { break };
            heir = next;
            if heir == name {
                let message =
                    format!("the {what} `{name}` was `{was}`, and names are exchanged in a circle");
                let help = "rename in two migrations, over a name that is free";
                found.push((Diagnostic::error("contradiction", message).help(help), span));
                break;
            }
        }
    }
}

/// The names that come a second time: what had each first, and what has it again.
fn twins<'a, N: Ord + Clone + 'a, T: Copy + 'a>(
    names: impl Iterator<Item = (N, T)> + 'a,
) -> impl Iterator<Item = (N, T, T)> + 'a {
    let mut seen: BTreeMap<N, T> = BTreeMap::new();
    names.filter_map(move |(name, thing)| match seen.get(&name) {
        Some(first) => Some((name, *first, thing)),
        None => {
            seen.insert(name, thing);
            None
        }
    })
}

/// Where the first of two things stands. The folder is left out, so that the words are the same everywhere.
fn also_at(first: &Hint<Span>) -> String {
    let Some(span) = first.get() else { return String::new() };
    let file = span.file.rsplit(['/', '\\']).next().unwrap_or_default();
    format!(": the first is in {file}, line {}", span.start.line)
}
