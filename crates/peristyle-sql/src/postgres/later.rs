//! What only later servers understand, so that an older one can be told apart from a mistake.

use super::tokens::significant;
use crate::lexer::{Kind, Token};

/// A word of SQL that came with a later version than the oldest that is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Later {
    /// What it is, as a person says it.
    pub what: &'static str,
    /// The version that it came with.
    pub since: u32,
    /// How the same is had without it.
    pub instead: &'static str,
    /// Words that the statement begins with; none: any.
    begins: &'static [&'static str],
    /// What stands in it: words, operators, `#` for a number.
    holds: &'static str,
}

/// Each with the version whose release notes name it: <https://www.postgresql.org/docs/release/>.
const LATER: &[Later] = &[
    Later {
        what: "NULLS NOT DISTINCT",
        since: 15,
        instead: "make the columns not null, or leave `nulls_not_distinct` out",
        begins: &[],
        holds: "NULLS NOT DISTINCT",
    },
    Later {
        what: "ON DELETE SET NULL of some of a key's columns",
        since: 15,
        instead: "use `on_delete = restrict` or `cascade`, or a trigger",
        begins: &[],
        holds: "DELETE SET NULL (",
    },
    Later {
        what: "ON DELETE SET DEFAULT of some of a key's columns",
        since: 15,
        instead: "use `on_delete = restrict` or `cascade`, or a trigger",
        begins: &[],
        holds: "DELETE SET DEFAULT (",
    },
    Later {
        what: "a view with `security_invoker`",
        since: 15,
        instead: "leave the option out and grant the view to those who may read its tables",
        begins: &["CREATE", "ALTER"],
        holds: "security_invoker",
    },
    Later {
        what: "a numeric with a negative scale",
        since: 15,
        instead: "leave the scale out and check the value",
        begins: &[],
        holds: "numeric ( # , -",
    },
    Later {
        what: "an unlogged sequence",
        since: 15,
        instead: "leave `UNLOGGED` out",
        begins: &["CREATE", "ALTER"],
        holds: "UNLOGGED SEQUENCE",
    },
    Later {
        what: "the privilege MAINTAIN",
        since: 17,
        instead: "leave it out of the grant",
        begins: &["GRANT", "REVOKE"],
        holds: "MAINTAIN",
    },
];

impl Later {
    /// What a server of this version does not understand in a statement or script, if anything.
    pub fn than(version: u32, sql: &str) -> Option<&'static Self> {
        let tokens = significant(sql).ok()?;
        LATER.iter().find(|later| later.since > version && later.is_in(&tokens))
    }

    fn is_in(&self, tokens: &[Token<'_>]) -> bool {
        let parts: Vec<&str> = self.holds.split(' ').collect();
        let is = |token: &Token<'_>, part: &str| match part {
            "#" => token.kind == Kind::Number,
            part => token.is_word(part) || token.is_operator(part),
        };
        let statements = tokens.split(|token| token.is_operator(";"));
        statements
            .filter(|statement| {
                self.begins.is_empty()
                    || statement
                        .first()
                        .is_some_and(|first| self.begins.iter().any(|word| first.is_word(word)))
            })
            .any(|statement| {
                statement
                    .windows(parts.len())
                    .any(|window| window.iter().zip(&parts).all(|(token, part)| is(token, part)))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_later_is_found_where_it_is_sql() {
        let found = |version, sql| Later::than(version, sql).map(|later| later.since);
        for sql in [
            "CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT",
            "CREATE TABLE t (a int, FOREIGN KEY (a, b) REFERENCES u ON DELETE SET NULL (a))",
            "SELECT 1; CREATE VIEW v WITH (security_invoker=true) AS SELECT 1",
            "CREATE TABLE t (a numeric(5,-2))",
            "CREATE UNLOGGED SEQUENCE s",
        ] {
            assert_eq!(found(14, sql), Some(15), "{sql}");
            assert_eq!(found(15, sql), None, "{sql}");
        }
        assert_eq!(found(16, "GRANT SELECT, MAINTAIN ON TABLE t TO r"), Some(17));
        for sql in [
            "COMMENT ON TABLE t IS 'NULLS NOT DISTINCT'",
            "CREATE TABLE t (a int REFERENCES u ON DELETE SET NULL, security_invoker int)",
            "SELECT maintain FROM t",
            "CREATE TABLE t (a numeric(5,2))",
            "it is not 'SQL",
        ] {
            // A column may have such a name; a server that knows nothing of the word does not mind.
            let expected = sql.contains("security_invoker").then_some(15);
            assert_eq!(found(14, sql), expected, "{sql}");
        }
    }
}
