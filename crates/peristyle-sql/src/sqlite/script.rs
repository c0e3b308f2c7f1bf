use peristyle_schema::Change;

use crate::{HazardKind, Step};

/// The steps as a script. Dropping a table deletes its rows first, and with foreign keys switched on that deletes the rows of
/// its children too: <https://sqlite.org/lang_droptable.html>. So a script that drops one, as every rebuild does, switches
/// them off around it; inside a transaction that would do nothing, so the script opens none.
pub(super) fn script(steps: &[Step]) -> String {
    let script = crate::script::script(steps);
    if steps.iter().any(drops_a_table) {
        format!("PRAGMA foreign_keys = off;\n{script}PRAGMA foreign_keys = on;\n")
    } else {
        script
    }
}

fn drops_a_table(step: &Step) -> bool {
    let dropped = |change: &Change| matches!(change, Change::DropTable(_));
    step.causes.iter().any(dropped) || step.hazards.iter().any(|h| h.kind == HazardKind::Rebuild)
}
