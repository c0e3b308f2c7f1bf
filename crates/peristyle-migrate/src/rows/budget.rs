//! How long values are looked for: a schema may have hundreds of tables whose checks nothing fits.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use peristyle_schema::{QualifiedName, Table};

/// How often a row is tried with other values before we give up.
const ATTEMPTS: usize = 400;

/// How often once so many tries have been in vain.
const LAST_ATTEMPTS: usize = 60;

/// So many.
const IN_VAIN: usize = 6_000;

/// What was tried in vain so far, over several fillings of nearly the same schema.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    in_vain: Cell<usize>,
    /// The tables for which nothing was found, as they were then, and why.
    hopeless: RefCell<BTreeMap<QualifiedName, (Table, String)>>,
}

impl Budget {
    /// How often a row may be tried now.
    pub(super) fn attempts(&self) -> usize {
        if self.in_vain.get() < IN_VAIN { ATTEMPTS } else { LAST_ATTEMPTS }
    }

    /// Counts a try that was in vain.
    pub(super) fn spend(&self) {
        self.in_vain.set(self.in_vain.get() + 1);
    }

    /// Remembers that nothing was found for a table.
    pub(super) fn give_up(&self, table: &Table, reason: &str) {
        let held = (table.clone(), reason.to_owned());
        self.hopeless.borrow_mut().insert(table.name.clone(), held);
    }

    /// Why nothing will be found for a table: it was looked for before.
    pub(super) fn hopeless(&self, table: &Table) -> Option<String> {
        let hopeless = self.hopeless.borrow();
        hopeless.get(&table.name).filter(|(held, _)| held == table).map(|(_, why)| why.clone())
    }
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Column, Table, Type};

    use super::{ATTEMPTS, Budget, IN_VAIN, LAST_ATTEMPTS};

    #[test]
    fn after_much_in_vain_less_is_tried() {
        let budget = Budget::default();
        assert_eq!(budget.attempts(), ATTEMPTS);
        (0..IN_VAIN).for_each(|_| budget.spend());
        assert_eq!(budget.attempts(), LAST_ATTEMPTS);
    }

    #[test]
    fn what_was_looked_for_in_vain_is_not_looked_for_again_until_it_changes() {
        let budget = Budget::default();
        let mut table = Table::new("t");
        budget.give_up(&table, "no values");
        assert_eq!(budget.hopeless(&table).as_deref(), Some("no values"));
        table.columns.insert(Column::new("a", Type::Text));
        assert_eq!(budget.hopeless(&table), None);
    }
}
