//! The value of one column on its way into the new table.

use peristyle_schema::{Column, Diagnostic, Pair, Type};

use super::super::quote::quote;
use super::super::writer;
use super::convert::{self, Faith};
use super::copy::Around;
use super::fill;
use super::way::{Direction, Findings, Way, Work, rowid_word};
use crate::{Decision, Statement};

/// A value on its way, with what was found out about it.
pub(super) struct Flow {
    /// The value, as an expression over the old table.
    pub(super) value: String,
    /// Whether it can differ from what the old table held under this name.
    pub(super) touched: bool,
    /// Whether it may be missing although the column wants one.
    pub(super) may_lack: bool,
    /// Where it is given one then, if not in the table itself.
    pub(super) place: Option<String>,
    /// Why converting back will not give the same values, and which rows that concerns.
    pub(super) loss: Option<Loss>,
}

/// Values that converting back will not give.
pub(super) struct Loss {
    /// What happens to them.
    pub(super) says: String,
    /// Which rows it concerns, if not all.
    pub(super) only: Option<String>,
    /// Whether it is a danger to be allowed.
    pub(super) hazard: bool,
}

/// A column that comes.
pub(super) fn added(
    way: &Way<'_>,
    work: &Work<'_>,
    column: &Column,
    findings: &mut Findings,
    around: &mut Around,
) -> Flow {
    let plain =
        |value: String| Flow { value, touched: true, may_lack: false, place: None, loss: None };
    let is_alias = writer::rowid_alias(work.new) == Some(&column.name);
    if let Some(kept) = way.kept_column(work, &column.name) {
        let otherwise = fill::known(way, work, column).filter(|_| !column.nullable);
        let otherwise = otherwise.or_else(|| fill::default_for_rows(way, work, column));
        let otherwise = otherwise.unwrap_or("NULL".to_owned());
        around.indexes.push(kept.index());
        around.drops.push(kept.drop());
        let value = kept.value(work.old, &way.key_names(kept), "", &otherwise);
        let may_lack = !column.nullable && !is_alias;
        let place = (may_lack && otherwise == "NULL").then(|| {
            let rowid = rowid_word(work.old).unwrap_or_default();
            around.indexes.push(kept.make_room(work.old, &way.key_names(kept), rowid));
            kept.place()
        });
        return Flow { may_lack, place, ..plain(value) };
    }
    if let Some(value) = fill::explicit(way, work, column) {
        let may_lack = !column.nullable && fill::may_be_null(&value);
        return Flow { may_lack, ..plain(value) };
    }
    if is_alias {
        return plain(rowid_word(work.old).unwrap_or("NULL").to_owned());
    }
    if let Some(value) = fill::default_for_rows(way, work, column) {
        return plain(value);
    }
    if column.nullable {
        return Flow { touched: false, ..plain("NULL".to_owned()) };
    }
    match fill::known(way, work, column) {
        Some(value) => plain(value),
        None => {
            match way.direction {
                Direction::Up => {
                    findings.ask(fill::question(work, column, "is new and NOT NULL: what do the rows that are there get?"));
                }
                Direction::Down => findings.refuse(Diagnostic::error(
                    "no-way-back",
                    format!(
                        "nothing is known to put into {} again, which is NOT NULL and under a constraint",
                        work.subject(&column.name)
                    ),
                )),
            }
            plain("NULL".to_owned())
        }
    }
}

/// A column that was there.
pub(super) fn carried(
    way: &Way<'_>,
    work: &Work<'_>,
    columns: Pair<&Column>,
    findings: &mut Findings,
    around: &mut Around,
) -> Flow {
    let mut flow = converted(way, work, columns, findings, around);
    if let Some(kept) = way.kept_column(work, &columns.new.name) {
        around.indexes.push(kept.index());
        around.drops.push(kept.drop());
        let current = quote(&columns.new.name);
        flow.value = kept.value(work.old, &way.key_names(kept), &current, &flow.value);
        flow.touched = true;
    }
    let is_alias = writer::rowid_alias(work.new) == Some(&columns.new.name);
    if columns.new.nullable || is_alias {
        flow.may_lack = false;
    } else if columns.old.nullable {
        fill_in(way, work, columns, findings, &mut flow);
    }
    if columns.old.generated.is_some() {
        // What was generated is generated again on the way home.
        flow.loss = None;
    }
    flow
}

/// A column becomes NOT NULL.
fn fill_in(
    way: &Way<'_>,
    work: &Work<'_>,
    columns: Pair<&Column>,
    findings: &mut Findings,
    flow: &mut Flow,
) {
    let name = quote(&columns.new.name);
    match fill::known(way, work, columns.new) {
        Some(value) => {
            flow.value = format!("coalesce({}, {value})", flow.value);
            flow.touched = true;
            flow.may_lack =
                fill::explicit(way, work, columns.new).is_some() && fill::may_be_null(&value);
            if way.direction == Direction::Up && flow.loss.is_none() {
                flow.loss = Some(Loss {
                    says: "rows that held no value keep the value they were filled with".to_owned(),
                    only: Some(format!("{name} IS NULL")),
                    hazard: false,
                });
            }
        }
        None if way.direction == Direction::Up && !flow.may_lack => {
            findings.ask(fill::question(
                work,
                columns.new,
                "becomes NOT NULL: what do the rows that hold NULL get?",
            ));
        }
        None => flow.may_lack = true,
    }
}

/// The value of a column that was there, in its new type.
fn converted(
    way: &Way<'_>,
    work: &Work<'_>,
    columns: Pair<&Column>,
    findings: &mut Findings,
    around: &mut Around,
) -> Flow {
    let name = quote(&columns.new.name);
    let collated = columns.old.collation != columns.new.collation;
    let same = columns.old.data_type == columns.new.data_type;
    if same
        && work.new.options.strict
        && !work.old.options.strict
        && let Some(stray) = convert::not_strict(&columns.new.data_type, &name)
    {
        let message = format!(
            "{} becomes STRICT, and {} holds values that are not {}; correct them first",
            work.new.name, columns.new.name, columns.new.data_type
        );
        around.guards.push(stray_guard(work, &name, &stray, message));
    }
    if same && columns.old.generated.is_none() {
        return Flow { value: name, touched: collated, may_lack: false, place: None, loss: None };
    }
    if !same
        && way.direction == Direction::Up
        && let Some(using) = columns.new.using.get()
    {
        return by_using(work, columns.new, using.as_str(), around);
    }
    let Some(conversion) = convert::conversion(columns) else {
        return unconvertible(way, work, columns, findings);
    };
    let subject = work.subject(&columns.new.name);
    let kept = way.kept_column(work, &columns.new.name);
    let by_using = !same && way.direction == Direction::Down && columns.old.using.get().is_some();
    if by_using && kept.is_none() && !conversion.strays.is_empty() {
        // Nothing is known of what the expression made, so every row may be one that stops the way home.
        findings.refuse(Diagnostic::error(
            "no-way-back",
            format!("{subject} was converted by an expression that cannot be turned round"),
        ));
    }
    let restored = kept.map(|kept| kept.restores(work.old, &way.key_names(kept), &name));
    let put_in = fill::put_in(way, work, columns);
    for (stray, says) in &conversion.strays {
        let alone = restored.is_none() && put_in.is_none();
        let mut stray = if alone { stray.clone() } else { format!("({stray})") };
        // A row that gets back what was kept of it need not be converted, nor one that held nothing.
        stray.extend(restored.iter().map(|restored| format!(" AND NOT {restored}")));
        stray.extend(put_in.iter().map(|value| format!(" AND {name} IS NOT {value}")));
        let message = format!(
            "{subject} becomes {}, and a value that is there {says}; correct those values, or say \
             how to convert them with #[column(using = \"…\")]",
            columns.new.data_type
        );
        around.guards.push(stray_guard(work, &name, &stray, message));
    }
    let strays: Vec<String> =
        conversion.strays.iter().map(|(stray, _)| format!("({stray})")).collect();
    let value = match put_in {
        Some(put_in) if !strays.is_empty() => format!(
            "CASE WHEN {name} IS {put_in} AND ({}) THEN NULL ELSE {} END",
            strays.join(" OR "),
            conversion.value
        ),
        _ => conversion.value,
    };
    let loss = match conversion.faith {
        Faith::Meaning if way.direction == Direction::Up => Some(Loss {
            says: "values come back in their plainest form".to_owned(),
            only: None,
            hazard: false,
        }),
        Faith::Meaning | Faith::Exact => None,
    };
    let touched = collated || value != name || columns.old.generated.is_some();
    Flow { value, touched, may_lack: false, place: None, loss }
}

/// A value made by an expression that the declaration gives. Nothing is known of it, so the new type's own conditions are
/// asked of its result.
fn by_using(work: &Work<'_>, column: &Column, using: &str, around: &mut Around) -> Flow {
    let name = quote(&column.name);
    let stray = match &column.data_type {
        Type::Values(values) => Some(format!("({using}) NOT IN ({})", writer::value_list(values))),
        Type::Json => Some(format!("NOT json_valid({using})")),
        _ => None,
    };
    if let Some(stray) = stray {
        let message = format!(
            "#[column(using = \"…\")] of {} makes a value that is not {}",
            work.subject(&column.name),
            column.data_type
        );
        around.guards.push(stray_guard(work, &name, &stray, message));
    }
    Flow {
        value: format!("({using})"),
        touched: true,
        may_lack: true,
        place: None,
        loss: Some(Loss {
            says: "its values are converted by an expression that cannot be turned round"
                .to_owned(),
            only: None,
            hazard: true,
        }),
    }
}

/// No rule converts the values. On the way there somebody must say how; on the way home, what was kept comes back, and
/// only rows that came since get what a new row gets.
fn unconvertible(
    way: &Way<'_>,
    work: &Work<'_>,
    columns: Pair<&Column>,
    findings: &mut Findings,
) -> Flow {
    let subject = work.subject(&columns.new.name);
    let types = columns.map(|column| column.data_type.to_string());
    let mut flow =
        Flow { value: "NULL".to_owned(), touched: true, may_lack: true, place: None, loss: None };
    match way.direction {
        Direction::Up => findings.ask(Decision {
            question: format!(
                "{subject} changes from {} to {}: how are its values converted?",
                types.old, types.new
            ),
            answers: vec![(
                "#[column(using = \"…\")]".to_owned(),
                "an SQL expression that reads the column and gives the new value".to_owned(),
            )],
        }),
        Direction::Down if way.kept_column(work, &columns.new.name).is_some() => {
            let known = fill::known(way, work, columns.new).filter(|_| !columns.new.nullable);
            if let Some(value) = known.or_else(|| fill::default(columns.new)) {
                flow.value = value;
            }
        }
        Direction::Down => findings.refuse(Diagnostic::error(
            "no-way-back",
            format!("{subject} cannot be converted back from {} to {}", types.old, types.new),
        )),
    }
    flow
}

fn stray_guard(work: &Work<'_>, name: &str, stray: &str, message: String) -> Statement {
    let mut shown = work.shown_key();
    if !shown.iter().any(|key| key == name) {
        shown.push(name.to_owned());
    }
    Statement::guard(
        format!(
            "SELECT {}\nFROM {}\nWHERE {name} IS NOT NULL AND ({stray})\nLIMIT 10",
            shown.join(", "),
            work.sql_name()
        ),
        message,
    )
}
