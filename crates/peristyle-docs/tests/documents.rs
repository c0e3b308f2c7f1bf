//! The three documents of one schema, and of one whose names do their worst.

use peristyle_docs::{markdown, mermaid, typescript};
use peristyle_schema::{
    Action, Check, Column, ColumnDefault, EnumType, EnumValue, ForeignKey, Hint, Index, Literal,
    PrimaryKey, Reference, Schema, Table, Type,
};

fn clinic() -> Schema {
    let mut schema = Schema::empty();
    schema.insert_enum(EnumType {
        name: "sex".into(),
        was: Hint::NONE,
        doc: Some("As the patient states it.".into()),
        values: vec![EnumValue::from("male"), EnumValue::from("female")],
    });
    let mut patients = Table::new("patients");
    patients.doc = Some("Somebody in care.\n\nNever deleted.".into());
    let mut id = Column::new("id", Type::BigInt);
    id.doc = Some("The number on the file.".into());
    patients.columns.insert(id);
    patients.columns.insert(Column::new("sex", Type::Enum("sex".into())));
    let mut score = Column::new("score", Type::Integer);
    score.default = Some(ColumnDefault::Literal(Literal::Int(0)));
    patients.columns.insert(score);
    let mut mentor = Column::new("mentor_id", Type::BigInt);
    mentor.nullable = true;
    patients.columns.insert(mentor);
    patients.primary_key =
        Some(PrimaryKey { name: None, columns: vec!["id".into()], autoincrement: false });
    patients.foreign_keys.push(ForeignKey {
        name: None,
        columns: vec!["mentor_id".into()],
        references: Reference { table: "patients".into(), columns: vec!["id".into()] },
        on_delete: Action::SetNull,
        on_update: Action::NoAction,
        deferrable: Default::default(),
        matching: Default::default(),
        set_columns: Vec::new(),
        not_valid: false,
    });
    patients.checks.push(Check::new("score >= 0"));
    patients.indexes.insert(Index::on_columns("patients_score_idx", ["score"]));
    schema.insert_table(patients);
    schema
}

fn hostile() -> Schema {
    let mut schema = Schema::empty();
    let mut table = Table::new("a|b`c\"d");
    table.doc = Some("ends a comment */ and | a cell".into());
    table.columns.insert(Column::new("x|y \"z\"", Type::Values(vec!["a\"b\\".into()])));
    schema.insert_table(table);
    schema
}

#[test]
fn mermaid_draws_tables_and_references() {
    assert_eq!(
        mermaid(&clinic()),
        "erDiagram\n    patients[\"patients\"] {\n        bigint id PK\n        enum_sex sex\n        integer score\n        \
         bigint mentor_id FK \"may be null\"\n    }\n    patients |o--o{ patients : \"mentor_id\"\n"
    );
}

#[test]
fn typescript_has_a_shape_for_select_and_for_insert() {
    assert_eq!(
        typescript(&clinic()),
        "/** As the patient states it. */\nexport type Sex = \"male\" | \"female\";\n\n/**\n * Somebody in care.\n *\n \
         * Never deleted.\n */\nexport interface Patients {\n  /** The number on the file. */\n  id: bigint;\n  sex: Sex;\n  \
         score: number;\n  mentor_id: bigint | null;\n}\n\n/**\n * Somebody in care.\n *\n * Never deleted.\n */\nexport interface \
         NewPatients {\n  /** The number on the file. */\n  id?: bigint;\n  sex: Sex;\n  score?: number;\n  mentor_id?: bigint | null;\n}\n"
    );
}

#[test]
fn markdown_has_every_rule_of_a_table() {
    let text = markdown(&clinic());
    for line in [
        "| `patients` | Somebody in care. |",
        "| `id` | bigint | no |  | The number on the file. |",
        "| `score` | integer | no | `0` |  |",
        "Primary key: (`id`)",
        "- foreign key (`mentor_id`) references `patients` (`id`), on delete set null",
        "- check `score >= 0`",
        "- `patients_score_idx` on `score`",
        "- `male`",
    ] {
        assert!(text.lines().any(|l| l == line), "no line {line:?} in:\n{text}");
    }
}

#[test]
fn hostile_names_stay_in_their_place() {
    let typescript = typescript(&hostile());
    assert!(typescript.contains("  \"x|y \\\"z\\\"\": \"a\\\"b\\\\\";"), "{typescript}");
    assert!(!typescript.contains("comment */"), "{typescript}");
    let markdown = markdown(&hostile());
    let row = markdown.lines().find(|line| line.contains("x\\|y")).expect("the column's row");
    assert_eq!(row.matches('|').count() - row.matches("\\|").count(), 6, "{row}");
    let mermaid = mermaid(&hostile());
    assert_eq!(mermaid.matches('"').count() % 2, 0, "{mermaid}");
    assert!(mermaid.contains("one_of_a_b_ x_y__z_"), "{mermaid}");
}
