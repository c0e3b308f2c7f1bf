//! Facts about a database, as data: each with its value and the page of the vendor's manual that says so.
//!
//! Where a plan or a rule depends on what a database can do, it reads it here and does not ask which database it is. A
//! dialect's room fills the table in and tries every entry on the live engine in its tests.

/// A value and the page of the manual that it is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// The page.
    pub manual: &'static str,
}

/// What is to know of a database.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// How each alteration of a table that is there is made.
    pub alterations: &'static [(Alteration, Fact<Way>)],
    /// What a rollback does to `CREATE`, `ALTER` and `DROP`.
    pub ddl: Fact<Ddl>,
    /// When foreign keys can be switched off.
    pub foreign_keys: Fact<Enforcement>,
    /// Whether upper and lower case tell two names apart.
    pub names: Fact<Case>,
    /// Whether tables lie in namespaces.
    pub namespaces: Fact<Namespaces>,
    /// Which names tables share.
    pub index_names: Fact<IndexNames>,
    /// Whether a unique key takes two nulls.
    pub nulls_in_unique: Fact<NullsInUnique>,
    /// The most columns that a table may have.
    pub max_columns: Fact<usize>,
}

/// An alteration of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alteration {
    /// A column comes that may be null or has a constant default.
    AddColumn,
    /// A column comes that is not null and has no default.
    AddRequiredColumn,
    /// A column comes whose default is an expression.
    AddComputedDefault,
    /// A generated column comes that is computed when it is read.
    AddVirtualColumn,
    /// A generated column comes that is stored.
    AddStoredColumn,
    /// A column goes on which nothing stands.
    DropColumn,
    /// A column goes that is part of a key or an index.
    DropKeyColumn,
    /// A column gets another name.
    RenameColumn,
    /// The table gets another name.
    RenameTable,
    /// A column's type changes.
    SetType,
    /// A column may no longer be null, or may be now.
    SetNullability,
    /// A column's default changes.
    SetDefault,
    /// The primary key changes.
    SetPrimaryKey,
    /// A check comes.
    AddCheck,
    /// A foreign key comes.
    AddForeignKey,
    /// A unique key comes.
    AddUnique,
    /// A constraint goes.
    DropConstraint,
    /// An index gets another name.
    RenameIndex,
}

/// How an alteration is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By one statement that leaves the rows where they are.
    InPlace,
    /// By dropping the thing and making it again.
    Anew,
    /// By copying the table into a new one.
    Rebuild,
}

/// What a rollback does to statements that change the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ddl {
    /// It undoes them.
    Transactional,
    /// They are there to stay.
    Immediate,
}

/// When the enforcement of foreign keys can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enforcement {
    /// Only outside a transaction; inside one the switch does nothing, and says nothing.
    SwitchedOutsideTransactions,
    /// Never, but each key may be dropped and added again.
    Always,
}

/// What case means in names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Nothing: two names that differ in the case of ASCII letters are one. The case is kept.
    Ignored,
    /// Unquoted names lose it, quoted ones are told apart by it.
    Folded,
}

/// Whether tables lie in namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespaces {
    /// There is one for all.
    One,
    /// There are many.
    Many,
}

/// What must have another name than an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexNames {
    /// Every index, table and view of the namespace.
    SharedWithTables,
    /// Every index of the same table.
    PerTable,
}

/// Whether a unique key takes two nulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullsInUnique {
    /// Always.
    Distinct,
    /// As the key says.
    Chosen,
}

impl Facts {
    /// How an alteration is made.
    pub fn way(&self, alteration: Alteration) -> Option<Fact<Way>> {
        self.alterations.iter().find(|(known, _)| *known == alteration).map(|(_, fact)| *fact)
    }
}
