//! Answers to the guards of a migration: what rows get that have no value where one is wanted.

use peristyle_driver::Connection;
use peristyle_schema::{Expr, Name, QualifiedName};
use peristyle_sql::Role;

use crate::Error;
use crate::apply::Ready;
use crate::sql::table_name;

/// What rows get that have no value in a column: `--fill users.nickname:''`.
pub type Fill = (QualifiedName, Name, Expr);

/// Gives each guard that asks for a value the one that somebody has chosen. It is filled in right before the guard, where the
/// column is what the guard sees. A value that no guard asks for is refused.
pub(crate) fn answer(
    connection: &dyn Connection,
    ready: &mut [Ready<'_>],
    fills: &[Fill],
) -> Result<(), Error> {
    let dialect = connection.dialect();
    for (table, column, value) in fills {
        let flag = format!("--fill {table}.{column}:");
        let name = dialect.quote(column);
        let update = format!(
            "UPDATE {}\nSET {name} = {value}\nWHERE {name} IS NULL",
            table_name(dialect, table)
        );
        let mut answered = false;
        for placed in ready.iter_mut().flat_map(|ready| &mut ready.statements) {
            let asks = match &placed.statement.role {
                Role::Guard { message } => message.contains(&flag),
                Role::Run | Role::Alone => false,
            };
            if asks {
                placed.fills.push(update.clone());
                answered = true;
            }
        }
        if !answered {
            return Err(Error::usage(
                "unasked-fill",
                format!("no guard of these migrations asks for a value of {table}.{column}"),
                "leave `--fill` out; a guard that can be answered so says it",
            ));
        }
    }
    Ok(())
}
