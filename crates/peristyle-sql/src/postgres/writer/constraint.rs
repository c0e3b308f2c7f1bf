//! Constraints, as `CREATE TABLE` and `ADD CONSTRAINT` take them.

use peristyle_schema::{
    Action, Check, Deferrable, Exclusion, ForeignKey, Match, Name, PrimaryKey, Table, TableEdit,
    Unique, naming,
};

use super::super::quote::{qualified, quote};
use super::{names, parenthesized};

/// `CONSTRAINT users_pkey PRIMARY KEY (id)`.
pub(in super::super) fn primary_key(table: &Table, key: &PrimaryKey) -> String {
    let name = key.name.clone().unwrap_or_else(|| naming::primary_key(&table.name));
    format!("CONSTRAINT {} PRIMARY KEY ({})", quote(&name), names(&key.columns))
}

/// `CONSTRAINT users_email_key UNIQUE (email)`.
pub(in super::super) fn unique(table: &Table, unique: &Unique) -> String {
    let nulls = if unique.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    format!(
        "CONSTRAINT {} UNIQUE{nulls} ({}){}",
        quote(&unique_name(table, unique)),
        names(&unique.columns),
        deferrable(unique.deferrable)
    )
}

/// `CONSTRAINT age_check CHECK (age > 0)`.
pub(in super::super) fn check(table: &Table, check: &Check) -> String {
    let inherit = if check.no_inherit { " NO INHERIT" } else { "" };
    let valid = if check.not_valid { " NOT VALID" } else { "" };
    format!(
        "CONSTRAINT {} CHECK {}{inherit}{valid}",
        quote(&check_name(table, check)),
        parenthesized(check.expr.as_str())
    )
}

/// `CONSTRAINT bookings_excl EXCLUDE USING gist (…)`.
pub(in super::super) fn exclusion(table: &Table, exclusion: &Exclusion) -> String {
    format!(
        "CONSTRAINT {} EXCLUDE {}{}",
        quote(&exclusion_name(table, exclusion)),
        exclusion.rule,
        deferrable(exclusion.deferrable)
    )
}

/// `CONSTRAINT bookings_slot_id_fkey FOREIGN KEY (slot_id) REFERENCES slots (id)`.
pub(in super::super) fn foreign_key(table: &Table, key: &ForeignKey) -> String {
    let mut sql = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}",
        quote(&foreign_key_name(table, key)),
        names(&key.columns),
        qualified(&key.references.table)
    );
    if !key.references.columns.is_empty() {
        sql.push_str(&format!(" ({})", names(&key.references.columns)));
    }
    match key.matching {
        Match::Simple => {}
        Match::Full => sql.push_str(" MATCH FULL"),
    }
    if let Some(words) = action_words(key.on_update) {
        sql.push_str(&format!(" ON UPDATE {words}"));
    }
    if let Some(words) = action_words(key.on_delete) {
        sql.push_str(&format!(" ON DELETE {words}"));
        if !key.set_columns.is_empty() {
            sql.push_str(&format!(" ({})", names(&key.set_columns)));
        }
    }
    sql.push_str(deferrable(key.deferrable));
    if key.not_valid {
        sql.push_str(" NOT VALID");
    }
    sql
}

/// The words of a referential action, unless it is the usual one.
pub(in super::super) fn action_words(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("RESTRICT"),
        Action::Cascade => Some("CASCADE"),
        Action::SetNull => Some("SET NULL"),
        Action::SetDefault => Some("SET DEFAULT"),
    }
}

pub(in super::super) fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::Not => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}

/// The name of the constraint that an edit adds or drops, if it does.
pub(in super::super) fn constraint_name(table: &Table, edit: &TableEdit) -> Option<Name> {
    match edit {
        TableEdit::AddUnique(one) | TableEdit::DropUnique(one) => Some(unique_name(table, one)),
        TableEdit::AddForeignKey(one) | TableEdit::DropForeignKey(one) => {
            Some(foreign_key_name(table, one))
        }
        TableEdit::AddCheck(one) | TableEdit::DropCheck(one) => Some(check_name(table, one)),
        TableEdit::AddExclusion(one) | TableEdit::DropExclusion(one) => {
            Some(exclusion_name(table, one))
        }
        TableEdit::RenameColumn(_)
        | TableEdit::AddColumn(_)
        | TableEdit::DropColumn(_)
        | TableEdit::AlterColumn(_)
        | TableEdit::SetPrimaryKey(_)
        | TableEdit::AddIndex(_)
        | TableEdit::DropIndex(_)
        | TableEdit::RenameIndex(_)
        | TableEdit::SetOptions(_)
        | TableEdit::SetDoc(_) => None,
    }
}

fn unique_name(table: &Table, unique: &Unique) -> Name {
    unique.name.clone().unwrap_or_else(|| naming::unique(&table.name, &unique.columns))
}

fn foreign_key_name(table: &Table, key: &ForeignKey) -> Name {
    key.name.clone().unwrap_or_else(|| naming::foreign_key(&table.name, &key.columns))
}

fn check_name(table: &Table, check: &Check) -> Name {
    check.name.clone().unwrap_or_else(|| {
        let read: Vec<Name> = table
            .columns
            .iter()
            .filter(|column| check.expr.mentions(&column.name))
            .map(|column| column.name.clone())
            .collect();
        naming::check(&table.name, if read.len() == 1 { &read } else { &[] })
    })
}

fn exclusion_name(table: &Table, exclusion: &Exclusion) -> Name {
    exclusion.name.clone().unwrap_or_else(|| Name::new(format!("{}_excl", table.name.name)))
}
