//! Where there is no way, because what goes takes with it what others stand on.

use peristyle_schema::{Diagnostic, ForeignKey};

use super::way::{Direction, Findings, Way, Work};

/// A foreign key comes back whose rows still hold their values, but what the values point at went without being kept: the
/// referenced table comes back empty, or the referenced column without its values. Every such row would be an orphan.
pub(super) fn refuse_orphans(way: &Way<'_>, works: &[Work<'_>], findings: &mut Findings) {
    if way.direction == Direction::Up {
        return;
    }
    for work in works {
        let comes_back = |key: &&ForeignKey| !work.old.foreign_keys.contains(key) && !key.not_valid;
        for key in work.new.foreign_keys.iter().filter(comes_back) {
            let holds_values = key.columns.iter().all(|name| {
                work.old.columns.contains(name) || way.kept_column(work, name).is_some()
            });
            if holds_values && points_at_nothing(way, works, key) {
                findings.refuse(Diagnostic::error(
                    "no-way-back",
                    format!(
                        "{} still holds what it referred to in {}, and that is gone for good",
                        work.new.name, key.references.table
                    ),
                ));
            }
        }
    }
}

/// Whether the rows or values that a foreign key points at are not there on the way home.
fn points_at_nothing(way: &Way<'_>, works: &[Work<'_>], key: &ForeignKey) -> bool {
    let target = &key.references.table;
    if !way.schemas.new.tables.contains_key(target) {
        return false;
    }
    match works.iter().find(|work| work.new.name == *target) {
        None => way.kept_table(target).is_none(),
        Some(parent) => key.references.columns.iter().any(|name| {
            !parent.old.columns.contains(name) && way.kept_column(parent, name).is_none()
        }),
    }
}
