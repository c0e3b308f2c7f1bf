//! The facts of PostgreSQL 14 and later.

use crate::facts::{
    Alteration, Case, Ddl, Enforcement, Fact, Facts, IndexNames, Namespaces, NullsInUnique, Way,
};

const ALTER: &str = "https://www.postgresql.org/docs/current/sql-altertable.html";
const ALTER_INDEX: &str = "https://www.postgresql.org/docs/current/sql-alterindex.html";
const CREATE: &str = "https://www.postgresql.org/docs/current/sql-createtable.html";

const fn way(value: Way, manual: &'static str) -> Fact<Way> {
    Fact { value, manual }
}

pub(super) const FACTS: Facts = Facts {
    alterations: &[
        (Alteration::AddColumn, way(Way::InPlace, ALTER)),
        (Alteration::AddRequiredColumn, way(Way::InPlace, ALTER)),
        (Alteration::AddComputedDefault, way(Way::InPlace, ALTER)),
        (Alteration::AddVirtualColumn, way(Way::InPlace, ALTER)),
        (Alteration::AddStoredColumn, way(Way::InPlace, ALTER)),
        (Alteration::DropColumn, way(Way::InPlace, ALTER)),
        (Alteration::DropKeyColumn, way(Way::InPlace, ALTER)),
        (Alteration::RenameColumn, way(Way::InPlace, ALTER)),
        (Alteration::RenameTable, way(Way::InPlace, ALTER)),
        (Alteration::SetType, way(Way::InPlace, ALTER)),
        (Alteration::SetNullability, way(Way::InPlace, ALTER)),
        (Alteration::SetDefault, way(Way::InPlace, ALTER)),
        (Alteration::SetPrimaryKey, way(Way::Anew, ALTER)),
        (Alteration::AddCheck, way(Way::InPlace, ALTER)),
        (Alteration::AddForeignKey, way(Way::InPlace, ALTER)),
        (Alteration::AddUnique, way(Way::InPlace, ALTER)),
        (Alteration::DropConstraint, way(Way::InPlace, ALTER)),
        (Alteration::RenameIndex, way(Way::InPlace, ALTER_INDEX)),
    ],
    ddl: Fact {
        value: Ddl::Transactional,
        manual: "https://www.postgresql.org/docs/current/sql-begin.html",
    },
    foreign_keys: Fact {
        value: Enforcement::Always,
        manual: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    },
    names: Fact {
        value: Case::Folded,
        manual: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
    },
    namespaces: Fact {
        value: Namespaces::Many,
        manual: "https://www.postgresql.org/docs/current/ddl-schemas.html",
    },
    index_names: Fact { value: IndexNames::SharedWithTables, manual: CREATE },
    nulls_in_unique: Fact { value: NullsInUnique::Chosen, manual: CREATE },
    max_columns: Fact {
        value: 1600,
        manual: "https://www.postgresql.org/docs/current/limits.html",
    },
};
