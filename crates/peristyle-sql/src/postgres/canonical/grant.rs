//! Grants: the order of privileges and of columns means nothing.

use std::collections::BTreeSet;

use super::super::tokens;
use crate::lexer::Token;

/// What a grant gives.
#[derive(PartialEq, Eq)]
struct Given {
    /// The privileges, each with the column it is on if it is on one.
    privileges: BTreeSet<(String, String)>,
    /// All that stands behind them.
    rest: Vec<String>,
}

/// Whether two grants give the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    let parts = |sql| tokens::significant(sql).ok().and_then(|tokens| given(&tokens));
    parts(one).is_some_and(|one| Some(one) == parts(other))
}

fn given(tokens: &[Token<'_>]) -> Option<Given> {
    let on = tokens.iter().position(|token| token.is_word("ON"))?;
    let (first, rest) = (tokens.get(1..on)?, &tokens[on..]);
    let mut privileges = BTreeSet::new();
    let mut inside = false;
    let mut privilege = String::new();
    for (at, token) in first.iter().enumerate() {
        match token.text {
            "(" => inside = true,
            ")" => inside = false,
            "," => {}
            text if inside => {
                privileges.insert((privilege.clone(), text.to_owned()));
            }
            text => {
                privilege = text.to_uppercase();
                if !first.get(at + 1).is_some_and(|next| next.is_operator("(")) {
                    privileges.insert((privilege.clone(), String::new()));
                }
            }
        }
    }
    let rest = rest.iter().map(|token| token.text.to_owned()).collect();
    Some(Given { privileges, rest })
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn only_the_order_means_nothing() {
        let held = "GRANT SELECT, UPDATE (a, b) ON TABLE t TO r";
        assert!(same("GRANT UPDATE (b, a), SELECT ON TABLE t TO r", held));
        assert!(same("GRANT UPDATE (b), SELECT, update (a) ON TABLE t TO r", held));
        for other in [
            "GRANT SELECT, UPDATE (a) ON TABLE t TO r",
            "GRANT SELECT (a, b), UPDATE ON TABLE t TO r",
            "GRANT SELECT, UPDATE (a, b) ON TABLE t TO r WITH GRANT OPTION",
            "GRANT SELECT, UPDATE (a, b) ON TABLE u TO r",
            "REVOKE",
            "'",
        ] {
            assert!(!same(other, held), "{other}");
        }
    }
}
