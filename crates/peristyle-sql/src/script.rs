use crate::{Role, Step};

/// The statements one after another, each closed by a semicolon; a guard as a comment.
pub(crate) fn script(steps: &[Step]) -> String {
    let mut script = String::new();
    for statement in steps.iter().flat_map(|step| &step.statements) {
        match &statement.role {
            Role::Run | Role::Alone => {
                script.push_str(&statement.sql);
                script.push_str(";\n");
            }
            Role::Guard { message } => {
                let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
                comment(&mut script, &format!("must return no row: {message}"));
                statement.sql.lines().for_each(|line| comment(&mut script, &format!("  {line}")));
            }
        }
    }
    script
}

fn comment(script: &mut String, line: &str) {
    script.push_str("-- ");
    script.push_str(line);
    script.push('\n');
}

#[cfg(test)]
mod tests {
    use super::script;
    use crate::{Statement, Step};

    #[test]
    fn a_guard_is_a_comment() {
        let step = Step {
            title: String::new(),
            reason: None,
            causes: Vec::new(),
            statements: vec![
                Statement::guard("SELECT 1\nFROM t", "no\nrows"),
                Statement::run("DELETE FROM t"),
            ],
            hazards: Vec::new(),
        };
        assert_eq!(
            script(&[step]),
            "-- must return no row: no rows\n--   SELECT 1\n--   FROM t\nDELETE FROM t;\n"
        );
    }
}
