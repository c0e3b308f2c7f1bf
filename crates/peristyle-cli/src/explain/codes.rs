//! Every diagnostic's code, in one table. A test checks that no crate uses a code that is missing here.

/// A diagnostic's code and what `peristyle explain` says of it.
pub struct Code {
    /// The code.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub what: &'static str,
    /// What to do next.
    pub next: &'static str,
}

const fn code(name: &'static str, what: &'static str, next: &'static str) -> Code {
    Code { name, what, next }
}

/// The codes, in order.
pub const CODES: &[Code] = &[
    code(
        "bad-catalog",
        "A server's catalog did not answer as it was asked.",
        "This is a mistake of ours: report it with the server's version.",
    ),
    code(
        "bad-default",
        "A default is no expression that the database can evaluate by itself.",
        "Write a literal or an expression without columns and queries.",
    ),
    code(
        "bad-definition",
        "A view, a trigger or a virtual table has a statement that does not make it.",
        "Write the whole CREATE statement, with the name that it is declared under.",
    ),
    code(
        "bad-expression",
        "An expression in a declaration is not SQL.",
        "Mend it at the place that the message shows.",
    ),
    code(
        "bad-fill",
        "A `--fill` does not say which column is filled with what.",
        "Write `--fill table.column:value`, the value in SQL: `--fill users.nickname:''`.",
    ),
    code(
        "bad-fingerprint",
        "A fingerprint or checksum in a file is not one.",
        "Restore the file from version control.",
    ),
    code(
        "bad-migration-name",
        "A migration's name is not in snake_case, or its number is missing.",
        "Use lower-case letters, digits and underscores: `--name add_telehealth`.",
    ),
    code(
        "bad-name",
        "A name is empty or holds a character that no name can hold.",
        "Give it another name with `name = \"…\"`.",
    ),
    code(
        "bad-partition",
        "A partition is not one of a partitioned table.",
        "Name a table that says `partition_by`.",
    ),
    code(
        "bad-rename",
        "A `--rename` is not of the form, or what it leads to is not declared.",
        "Write `--rename table.old:new` for a column or `--rename old:new` for a table; the new name is the declared one.",
    ),
    code(
        "bad-snapshot",
        "A `.json` file does not hold a schema.",
        "Write one with `peristyle inspect SRC --format json`.",
    ),
    code("bad-text", "A text holds a NUL.", "Remove the NUL."),
    code(
        "bad-ticket",
        "A migration's ticket does not look like the tickets of this project.",
        "Write an id as `ticket` under [migrations] in peristyle.toml has it, or N/A.",
    ),
    code(
        "bad-ticket-pattern",
        "`ticket` under [migrations] is no pattern.",
        "Write an id with `#` for a digit, `#+` for one or more, `?` for any character, `*` for any number of them.",
    ),
    code(
        "bad-url",
        "An address is not the address of a database that this version can open.",
        "An address reads `sqlite:dev.db` or `postgres://user@host/name`.",
    ),
    code(
        "branched-migrations",
        "Two migrations follow the same one: two branches have met.",
        "Delete the later one, then run `peristyle generate` again: it plans from what is there now.",
    ),
    code(
        "breaks-foreign-key",
        "A change takes away what a foreign key of another application in the same database points to.",
        "Change the other application first, in a migration of its own, or keep what it points to.",
    ),
    code(
        "cannot-change",
        "The database cannot change this in place.",
        "Do what the message says, or make it anew in a migration written by hand.",
    ),
    code(
        "catalog-unmodelled",
        "A database holds something that the model has no place for; it is left alone.",
        "Nothing, unless a migration rebuilds that table: then read its SQL first.",
    ),
    code(
        "catalog-unreadable",
        "A statement in a database's own catalog could not be understood.",
        "Please report it with the statement.",
    ),
    code("circular-type", "A type leads back to itself.", "Give one of them a plain type."),
    code(
        "committed-migration",
        "A migration that is committed is about to be changed, renamed or deleted.",
        "Bring it back as the message says; put the change into a new migration.",
    ),
    code(
        "conditional-declaration",
        "A declaration or a part of one stands behind `#[cfg(…)]`, so it cannot be said whether it is there.",
        "Declare it without the condition: all builds of an application share one database.",
    ),
    code(
        "config-empty",
        "A key of peristyle.toml has an empty value.",
        "Write a value, or leave the key out.",
    ),
    code(
        "config-syntax",
        "peristyle.toml is not TOML.",
        "Mend the line; `peristyle explain config` shows a whole file.",
    ),
    code(
        "config-type",
        "A value in peristyle.toml is of the wrong type.",
        "Write what the message asks for.",
    ),
    code(
        "config-unknown-key",
        "peristyle.toml has a key that is not known.",
        "Mend the spelling, or take the key out; `peristyle explain config` shows every key.",
    ),
    code(
        "config-unknown-value",
        "A value in the configuration is none of those that its key can have.",
        "Write one of those that the message names.",
    ),
    code(
        "config-unreadable",
        "The configuration file cannot be read.",
        "Check `--config` and PERISTYLE_CONFIG.",
    ),
    code(
        "connection",
        "A database could not be reached or opened, or is not a database.",
        "Check the address; `peristyle migrate` makes a SQLite file that is not there.",
    ),
    code("constraint", "A row breaks a rule of its table.", "Change the row, or the rule."),
    code(
        "contradiction",
        "Two parts of a declaration cannot both be true.",
        "Take one of them out.",
    ),
    code(
        "contradiction",
        "Two rules of the schema contradict each other.",
        "Change one of them, as the message says.",
    ),
    code(
        "convention-column-name",
        "A column is not named in snake_case.",
        "Rename it as the message says, or switch the rule off: `off = [\"column_name\"]` under [lint.conventions].",
    ),
    code(
        "convention-foreign-key-name",
        "The column of a foreign key is not called `<singular table>_id`; where a table points to another one several times, or to itself, a word may stand before: `author_user_id`.",
        "Rename it as the message says, tell an irregular plural under [lint.conventions.plurals], or allow it: `allow.posts = [\"foreign_key_name\"]`.",
    ),
    code(
        "convention-on-delete",
        "A foreign key does not say what becomes of its rows when the row that they point to is deleted.",
        "Write `#[references(on_delete = cascade)]`, `set_null` or `restrict`; `no_action` is what holds where nothing is said.",
    ),
    code(
        "convention-primary-key",
        "A table has no primary key `id` of the type that the project wants.",
        "Write the key as the message says, set `key` under [lint.conventions], or allow it: `allow.settings = [\"primary_key\"]`.",
    ),
    code(
        "convention-table-name",
        "A table is not named in the plural, in snake_case.",
        "Rename it as the message says, or tell an irregular plural: `plurals.person = \"people\"` under [lint.conventions].",
    ),
    code(
        "convention-timestamps",
        "A table has no `created_at` or no `updated_at`.",
        "Add the column as the message says, or allow it: `allow.sessions = [\"timestamps\"]` under [lint.conventions].",
    ),
    code(
        "convention-unused-allowance",
        "A table is allowed not to follow a convention that it follows, or there is no such table.",
        "Take the allowance out of peristyle.toml.",
    ),
    code(
        "copy-from-stdin",
        "A script holds rows behind `COPY … FROM STDIN`.",
        "Write INSERT statements: `pg_dump --inserts`, or `--schema-only` without rows.",
    ),
    code(
        "damaged-history",
        "The history in a database cannot be read.",
        "Restore the table `_peristyle_migrations` from a backup.",
    ),
    code("database", "The database said no.", "Read its message; nothing is half done."),
    code(
        "database-ahead",
        "A database has migrations that the program was not compiled with.",
        "Deploy the program that they belong to, or take them back with `peristyle rollback`.",
    ),
    code(
        "database-behind",
        "A database lacks migrations that the program was compiled with.",
        "Run `peristyle migrate` on it.",
    ),
    code(
        "database-different",
        "A database has other migrations than the program was compiled with.",
        "Look at `peristyle status`; restore the migrations that it has from version control.",
    ),
    code(
        "database-same",
        "A database has the migrations that the program was compiled with.",
        "There is nothing to do.",
    ),
    code(
        "decision-elsewhere",
        "A question's answer is not a flag of this command.",
        "Do what the answer says, then run the command again.",
    ),
    code(
        "decision-needed",
        "A person must decide something first.",
        "Run the command again with one of the flags that the message lists.",
    ),
    code(
        "deferrable-unique",
        "SQLite checks a unique constraint at once, never later.",
        "Take `deferrable` away.",
    ),
    code(
        "dialect-mismatch",
        "The database speaks another language than the migrations.",
        "Write `dialect` under [project] in peristyle.toml, or name another database.",
    ),
    code(
        "disk-full",
        "There is no room left to write to.",
        "Make room and run the command again; nothing is half done.",
    ),
    code(
        "dotenv-syntax",
        "A line of `.env` is not `NAME=value`.",
        "Mend the line, or put a `#` before it.",
    ),
    code("duplicate-column", "A column stands twice where it may stand once.", "Name it once."),
    code(
        "duplicate-declaration",
        "Two declarations have the same name.",
        "Rename one of them, in Rust or with `name = \"…\"`.",
    ),
    code(
        "duplicate-name",
        "Two things of a table or of a schema have the same name in the database.",
        "Give one of them another name with `name = \"…\"`.",
    ),
    code(
        "duplicate-number",
        "Two migrations have the same number.",
        "Delete the later one, then run `peristyle generate` again.",
    ),
    code(
        "duplicate-value",
        "Two variants of an enum are stored as the same text.",
        "Give one of them another text with `#[value(name = \"…\")]`.",
    ),
    code(
        "edited-changes",
        "A file of migrations/schema/ is not what was written together with its migration.",
        "Restore it from version control.",
    ),
    code(
        "edited-migration",
        "A migration file was changed after it was written.",
        "Restore it from version control, and write a new migration for what is to change.",
    ),
    code("empty-enum", "An enumerated type has no values.", "Give it one."),
    code("empty-key", "A key or an index has no columns.", "Name at least one."),
    code(
        "engine-not-built",
        "This version does not have that database engine.",
        "Use SQLite or PostgreSQL.",
    ),
    code(
        "file",
        "A file or folder could not be read or written.",
        "Read the reason in the message.",
    ),
    code(
        "foreign-key-count",
        "A foreign key has another number of columns than what it leads to.",
        "Name one referenced column for each column.",
    ),
    code(
        "foreign-key-mismatch",
        "The two sides of a foreign key do not fit: their number or their types differ.",
        "Name as many columns, of the same types, on both sides.",
    ),
    code(
        "foreign-key-target",
        "A foreign key leads to columns that are neither the primary key nor unique.",
        "Make them unique, or refer to the key.",
    ),
    code("generated-default", "A generated column has a default.", "Take the default away."),
    code("generated-identity", "A generated column numbers itself.", "Take one of the two away."),
    code(
        "generated-key",
        "A generated column is part of the primary key.",
        "Use a plain column, or a unique index.",
    ),
    code(
        "generated-loop",
        "A generated column is made from itself.",
        "Write its expression over other columns.",
    ),
    code(
        "generic-struct",
        "A declaration has type parameters.",
        "Write a struct without them: a table has one shape.",
    ),
    code(
        "guard-failed",
        "A check in a migration found rows that it must not find; the migration was undone.",
        "Change these rows first, or change the migration.",
    ),
    code(
        "half-way",
        "A migration is half applied or half taken back: a run was interrupted, or failed behind a statement that stands alone.",
        "Put right what was in the way, and run the command that the message names; it goes on where the other stopped.",
    ),
    code(
        "hidden-declaration",
        "A declaration stands where only the compiler sees it.",
        "Write it out; sources are read, not expanded.",
    ),
    code(
        "history-changed",
        "The history of a database changed while a command was working on it.",
        "Run the command again.",
    ),
    code(
        "hook-taken",
        "A hook of git's is there, and so is one that was set aside before.",
        "Make one hook of the two, or remove the one that is not needed; then `peristyle hook install`.",
    ),
    code(
        "identity-default",
        "A column is numbered by the database and has a default.",
        "Take one of the two away.",
    ),
    code("internal", "A mistake in Peristyle itself.", "Please report it."),
    code("interrupted", "A command was interrupted.", "Run it again; nothing is half done."),
    code(
        "inheritance-changes",
        "A table would begin or end to inherit from another, which PostgreSQL cannot do without leaving it what it inherited.",
        "Make a new table and move the rows, in a migration written by hand.",
    ),
    code(
        "io",
        "A file, a folder or standard output could not be read or written.",
        "Read the reason in the message.",
    ),
    code(
        "invalid-index",
        "An index is there that was never finished: an attempt to build it concurrently failed.",
        "Run the migration again, which builds it anew, or drop it.",
    ),
    code(
        "lease-lost",
        "Another migrator took the lease over while this one was working; what was open was undone.",
        "Look at `peristyle status`, then run it again.",
    ),
    code(
        "left-alone",
        "The database holds something that the declarations do not own; it is not touched.",
        "Nothing; declare it if it is yours.",
    ),
    code(
        "locked",
        "Another process holds the database's lock.",
        "Try again, or wait longer with `--lock-timeout`.",
    ),
    code("long-name", "A name is longer than the database keeps.", "Take a shorter one."),
    code(
        "match-full",
        "SQLite does not have `MATCH FULL`.",
        "Take it away, or add a check that all columns or none are null.",
    ),
    code(
        "misnamed-migration",
        "A `.sql` file in the migration folder is not named like a migration.",
        "Name it `NNNN_snake_case_name.sql`, or move it out of the folder.",
    ),
    code(
        "misplaced-attribute",
        "An attribute stands where it means nothing.",
        "Move it to where the message says.",
    ),
    code(
        "missing-header",
        "A migration does not say of itself what this project requires.",
        "Write the line among its first 30, then `peristyle generate --prove`.",
    ),
    code(
        "missing-migration",
        "A database has a migration whose file is gone.",
        "Restore the file from version control.",
    ),
    code(
        "missing-module",
        "The file of a `mod` is not there.",
        "Write the file, or take the `mod` out.",
    ),
    code(
        "namespace-unsupported",
        "SQLite has no namespaces inside a database.",
        "Use a plain name.",
    ),
    code(
        "no-collation",
        "A column that holds no text has a collation.",
        "Take the collation away.",
    ),
    code("no-columns", "An index, a key or a constraint names no columns.", "Name at least one."),
    code("no-config", "There is no peristyle.toml.", "Write one with `peristyle init`."),
    code(
        "no-database",
        "No database is named.",
        "Give `--url sqlite:dev.db`, name an environment with `--env`, or write one into peristyle.toml.",
    ),
    code(
        "no-declarations",
        "There is nothing to read declarations from.",
        "Name the file that holds them with `--schema`.",
    ),
    code(
        "no-git",
        "Git cannot be run.",
        "Install git; `peristyle check --no-database` needs none.",
    ),
    code(
        "no-named-fields",
        "A declared struct has no named fields.",
        "Write `struct Name { field: Type }`.",
    ),
    code(
        "no-repository",
        "What was asked for needs a git repository around the project.",
        "Run it inside of one, or use `peristyle check --no-database`.",
    ),
    code(
        "no-rust-parser",
        "This program was built without the parser of Rust sources.",
        "Build peristyle-migrate with its feature `declarations`, or use the `peristyle` command.",
    ),
    code(
        "no-seed",
        "The project does not say how to seed.",
        "Write `[seed]` into peristyle.toml; `peristyle explain config` shows it.",
    ),
    code("no-select", "A view says no SELECT.", "Write `#[view(sql = \"SELECT …\")]`."),
    code(
        "no-server",
        "A scratch database on PostgreSQL is needed, and there is no server to make it on.",
        "Name one with `--dev-url` or `dev_url`, or install PostgreSQL's server.",
    ),
    code(
        "no-single-key",
        "A type refers to a table whose key is not a single column.",
        "Refer to it with `#[foreign_key(…)]`.",
    ),
    code(
        "no-target",
        "A reference does not say which table it leads to.",
        "Write `#[references(Table)]`, or make the field an `Id<Table>`.",
    ),
    code("no-values", "An enum has no variants.", "Write at least one."),
    code(
        "no-way-back",
        "A migration has no way back.",
        "Restore a backup, or write a migration that undoes what is to be undone.",
    ),
    code(
        "not-a-newtype",
        "A newtype is not a struct around one value.",
        "Write `struct Name(Type)`.",
    ),
    code(
        "not-an-enum",
        "The derive `Enum` stands on something else.",
        "Write `enum Name { First, Second }`.",
    ),
    code(
        "not-applied",
        "A migration is not applied, so nothing can be taken back to it.",
        "`peristyle status` shows what is applied.",
    ),
    code(
        "not-disposable",
        "`reset` works only on a database that its environment calls disposable.",
        "Write `disposable = true` under the environment in peristyle.toml, if all of it may go.",
    ),
    code(
        "not-empty",
        "`adopt` begins a history, and there is one.",
        "Go on with `peristyle generate` and `peristyle migrate`.",
    ),
    code(
        "not-modelled",
        "The database holds something that Peristyle does not describe; it is not touched.",
        "Nothing; a migration written by hand can change it.",
    ),
    code(
        "not-one-transaction",
        "Some statements of a push cannot stand in a transaction, so a push that fails behind them is done in part.",
        "Mend what the error names and push again: it plans anew, and does what is left.",
    ),
    code(
        "not-the-last",
        "Only the last migration can be proven as it stands: others follow this one.",
        "Write a new migration.",
    ),
    code(
        "not-yet",
        "This version does not read that kind of schema.",
        "Make a database from it and read that: `sqlite:app.db`.",
    ),
    code(
        "nothing-to-adopt",
        "Nothing is declared, and so nothing can be adopted.",
        "Declare what the database holds; `peristyle adopt --pull` writes the declarations.",
    ),
    code(
        "nothing-to-prove",
        "There is no migration to prove.",
        "Write one with `peristyle generate --empty`.",
    ),
    code("null-key", "A key may be absent.", "Make the field plain, without `Option`."),
    code(
        "nulls-not-distinct",
        "SQLite counts nulls as distinct in a unique constraint.",
        "Take it away, or make the columns NOT NULL.",
    ),
    code(
        "out-of-order-migration",
        "A migration comes before one that the database has already.",
        "Delete it, then run `peristyle generate` again.",
    ),
    code(
        "partition-key",
        "A primary key or a unique rule of a partitioned table cannot hold between its partitions.",
        "Take every column of `partition_by` into it, in the column's own collation, or declare it on each partition.",
    ),
    code(
        "partitioning-changes",
        "A table would be divided into partitions otherwise than it is, which PostgreSQL cannot change in place.",
        "Make a new table and move the rows, in a migration written by hand.",
    ),
    code(
        "partly-reversible",
        "A migration's way back brings the catalog back, but not every value.",
        "Read its down part before you take it back.",
    ),
    code(
        "prompt",
        "A question could not be asked on this terminal.",
        "Run the command with the flags that decide, or without a terminal to see them.",
    ),
    code(
        "psql-command",
        "A script holds a command of the client psql.",
        "Take it out; only SQL can be run.",
    ),
    code(
        "read-only",
        "The database can only be read.",
        "Check the file's permissions and `?mode=ro` in its address.",
    ),
    code(
        "refused-statement",
        "A statement cannot stand in a migration or a seed: they run inside one transaction.",
        "Take the statement out.",
    ),
    code("removed-migration", "A migration file is gone.", "Restore it from version control."),
    code("renamed-migration", "A migration file was renamed.", "Give it its old name."),
    code(
        "reordered-migration",
        "Migration files do not stand in the order in which they were written.",
        "Give them their old names.",
    ),
    code("repeated-option", "An option stands twice.", "Keep one of them."),
    code(
        "reserved-name",
        "A name belongs to the database or to Peristyle.",
        "Give it a name that begins otherwise.",
    ),
    code(
        "seed-command",
        "The seed command failed or could not be started.",
        "Run it by hand; it is `command` under [seed] in peristyle.toml.",
    ),
    code(
        "server-too-old",
        "A statement says something that only a later version of PostgreSQL understands.",
        "Use a server of the version that the message names, or say it otherwise.",
    ),
    code(
        "set-columns",
        "A foreign key names columns to set, and does not set them.",
        "Name columns of its own, and say `on_delete = set_null` or `set_default`.",
    ),
    code(
        "set-default",
        "A foreign key sets a column to its default, and it has none.",
        "Give it a default, or choose another action.",
    ),
    code(
        "set-null",
        "A foreign key sets a column to null, which it cannot be.",
        "Make the column optional, or choose another action.",
    ),
    code(
        "sql-syntax",
        "A piece of SQL is not SQL.",
        "Mend it at the place that the message shows.",
    ),
    code("sql-unclosed", "A string, a quoted name or a comment in SQL is not closed.", "Close it."),
    code(
        "statement-failed",
        "A statement failed; what it belongs to was undone.",
        "Read the database's message, and mend the statement or the data.",
    ),
    code(
        "still-referenced",
        "A table goes that others still refer to.",
        "Drop their foreign keys too, or keep the table.",
    ),
    code(
        "syntax",
        "A Rust source cannot be parsed.",
        "Mend it at the place that the message shows.",
    ),
    code("table-without-columns", "A table has no columns.", "Give it one."),
    code("too-many-columns", "A table has more columns than the database allows.", "Split it."),
    code(
        "two-keys",
        "A table has two primary keys.",
        "Keep one; a key of several columns is `#[key(a, b)]` on the struct.",
    ),
    code(
        "unfilled-header",
        "What `generate` left open in a migration's header was not filled in.",
        "Write it, then `peristyle generate --prove`: the statements stay proven.",
    ),
    code("unknown-attribute", "An attribute is not known.", "Mend its spelling."),
    code(
        "unasked-fill",
        "A `--fill` of `migrate` or `rollback` answers no guard of the migrations that are run.",
        "Leave it out; a guard that a value can answer shows the flag.",
    ),
    code(
        "unknown-collation",
        "A collation is another database's.",
        "Do what the message proposes: a type, an index or a collation that this database has.",
    ),
    code(
        "unknown-collation",
        "A collation is one that this database does not have.",
        "Take one that the message names.",
    ),
    code(
        "unknown-column",
        "Something names a column that its table does not have.",
        "Mend the name; text stands in single quotes.",
    ),
    code("unknown-dialect", "This version does not know that dialect.", "Use `sqlite`."),
    code(
        "unknown-enum",
        "A column is of an enumerated type that is not declared.",
        "Declare it, or mend its name.",
    ),
    code(
        "unknown-environment",
        "peristyle.toml has no such environment.",
        "Mend the spelling of `--env`, or write the environment.",
    ),
    code(
        "unknown-field",
        "A declaration names a field that its struct does not have.",
        "Use the field's Rust name.",
    ),
    code(
        "unknown-header",
        "`require` under [migrations] names something that migrations do not say of themselves.",
        "Use purpose, ticket, reversible, rollback.",
    ),
    code(
        "unknown-kept",
        "Nothing is set aside under that number.",
        "`peristyle kept list` shows the numbers.",
    ),
    code(
        "unknown-key-type",
        "The type of a key cannot be known.",
        "Write `#[key(default = cuid2)]`, `#[key(auto)]` or `#[key(type = text)]`.",
    ),
    code(
        "unknown-migration",
        "There is no migration of that name.",
        "Name it as its file is named, without `.sql`, or by its number.",
    ),
    code("unknown-option", "An attribute has an option that is not known.", "Mend its spelling."),
    code(
        "unknown-source",
        "A source does not say what it is.",
        "`peristyle explain sources` lists what can be read.",
    ),
    code(
        "unknown-table",
        "A declaration refers to a table that is not declared.",
        "Declare it, or declare it as `external` if another application owns it.",
    ),
    code(
        "unknown-topic",
        "There is nothing to explain under that name.",
        "`peristyle explain` lists what there is.",
    ),
    code(
        "unknown-type",
        "A field's type is not known.",
        "Use one of the types of docs/declarations.md, a newtype or an enum.",
    ),
    code(
        "unmodelled-clause",
        "A table would have to be rebuilt, and its text holds something that the model has no place for.",
        "Write that migration by hand: `peristyle generate --empty`.",
    ),
    code(
        "unproven-migration",
        "A migration has not been proven since it was written by hand.",
        "Prove it with `peristyle generate --prove`.",
    ),
    code(
        "unreadable-file",
        "A source file cannot be read.",
        "Check its name and that it is UTF-8 text.",
    ),
    code(
        "unsealed-migration",
        "A migration's header was filled in, and its hash is still the one from before.",
        "Run `peristyle generate --prove`: it seals the file, and the statements stay proven.",
    ),
    code(
        "unsupported-default",
        "A column's default cannot be made by that database.",
        "Let the application make it: `default = app::…`.",
    ),
    code(
        "unsupported-index",
        "An index asks for something that the database does not have.",
        "Take it away.",
    ),
    code(
        "unsupported-object",
        "An object is of a kind that the database does not have.",
        "Take it out of the schema.",
    ),
    code(
        "unsupported-table",
        "A table has an option that this database does not have.",
        "Take it out, or say for which database it is meant.",
    ),
    code(
        "unsupported-type",
        "A field has a type that no database column has.",
        "Use the type that the message names.",
    ),
    code(
        "unwritable-migration",
        "A migration's text would not come back from its file as it was planned.",
        "Please report it.",
    ),
    code("usage", "The arguments were not understood.", "`peristyle <command> --help` lists them."),
    code(
        "variant-with-fields",
        "A variant of an enum holds values.",
        "Use plain variants; a value beside it is a column of its own, or JSON.",
    ),
    code(
        "verification-failed",
        "What happened is not what was promised; it was undone.",
        "Read the differences in the message; please report it if the migration was generated.",
    ),
    code(
        "without-rowid-key",
        "A WITHOUT ROWID table has no primary key.",
        "Give it one, or take `without_rowid` away.",
    ),
    code(
        "wrong-item",
        "A derive stands on an item of the wrong kind, such as `Table` on an enum.",
        "Use the derive that the item is for: `Table` and `View` on structs with named fields, `Enum` on enums, `Newtype` on structs around one type.",
    ),
    code(
        "wrong-reversible",
        "A migration says of its way back what its proof does not say.",
        "Write what the message says, or statements that make it so; then `peristyle generate --prove`.",
    ),
    code(
        "wrong-value",
        "An option has a value of the wrong kind.",
        "Write what the message asks for.",
    ),
];
