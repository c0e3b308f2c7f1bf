//! Reading sources: files, folders, modules, and what stands in the way.

use std::fs;
use std::path::{Path, PathBuf};

use peristyle_declare::{Declarations, read_path, resolve};
use peristyle_schema::{Action, Diagnostic, ObjectKind, Type};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The declaration of a table, the struct of this name.
fn table(name: &str) -> String {
    format!("#[derive(Table)]\nstruct {name} {{ a: i32 }}\n")
}

fn names(declarations: &Declarations) -> Vec<&str> {
    declarations.tables.iter().map(|table| table.rust_name.as_str()).collect()
}

#[track_caller]
fn read(path: PathBuf) -> Declarations {
    read_path(&path).unwrap_or_else(|e| panic!("{e:#?}"))
}

#[track_caller]
fn refused(path: &Path) -> Vec<Diagnostic> {
    match read_path(path) {
        Ok(declarations) => panic!("{declarations:#?}"),
        Err(diagnostics) => diagnostics,
    }
}

#[test]
fn a_whole_application() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/matchmaker.rs");
    let declarations = read(file);
    let schema = resolve(&declarations).unwrap_or_else(|e| panic!("{e:#?}"));
    let names: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["availability_slots", "bookings", "practitioners", "sessions", "users"]);
    let bookings = &schema.tables[&"bookings".into()];
    assert_eq!(bookings.foreign_keys.len(), 4);
    assert_eq!(
        bookings.columns.get("status").unwrap().data_type,
        Type::Enum("booking_status".into())
    );
    assert_eq!(bookings.columns.get("id").unwrap().data_type, Type::Text);
    assert_eq!(bookings.foreign_keys[1].on_delete, Action::SetNull);
    assert!(bookings.indexes.contains("bookings_live_slot_key"));
    assert_eq!(schema.objects.keys().next().unwrap().kind, ObjectKind::View);
    assert_eq!(
        schema.tables[&"practitioners".into()].doc.as_deref(),
        Some("A licensed practitioner that intake sessions are matched with.")
    );
}

#[test]
fn modules_are_followed_as_the_compiler_does() {
    let folder = folder(&[
        (
            "src/lib.rs",
            "mod a;\npub mod b;\nmod inline {\n    mod c;\n    pub(crate) mod deep { mod d; }\n    #[path = \"elsewhere.rs\"]\n    mod g;\n}\n#[path = \"odd/place.rs\"]\nmod e;\nmod r#type;",
        ),
        ("src/a.rs", &(table("A") + "mod inner;")),
        ("src/a/inner.rs", &table("AInner")),
        ("src/b/mod.rs", &(table("B") + "mod inner;")),
        ("src/b/inner.rs", &table("BInner")),
        ("src/inline/c.rs", &(table("C") + "mod below;")),
        ("src/inline/c/below.rs", &table("Below")),
        ("src/inline/deep/d.rs", &table("D")),
        ("src/inline/elsewhere.rs", &table("G")),
        ("src/odd/place.rs", &(table("E") + "mod f;")),
        ("src/odd/f.rs", &table("F")),
        ("src/type.rs", &table("Type")),
        ("src/not_a_module.rs", &table("Unseen")),
    ]);
    let expected = ["A", "AInner", "B", "BInner", "C", "Below", "D", "G", "E", "F", "Type"];
    assert_eq!(names(&read(folder.path().join("src/lib.rs"))), expected);
    assert_eq!(names(&read(folder.path().join("src"))), expected);
}

#[test]
fn a_file_by_itself_may_be_a_module_or_a_root() {
    let folder = folder(&[
        ("schema.rs", "mod beside;\nmod below;"),
        ("beside.rs", &table("Beside")),
        ("schema/below.rs", &table("Below")),
    ]);
    assert_eq!(names(&read(folder.path().join("schema.rs"))), ["Beside", "Below"]);
}

#[test]
fn each_file_is_read_once() {
    let folder = folder(&[
        ("lib.rs", "mod schema;"),
        ("main.rs", "mod schema;\n#[path = \"schema.rs\"]\nmod again;"),
        ("schema.rs", &table("A")),
    ]);
    assert_eq!(names(&read(folder.path().to_owned())), ["A"]);
}

#[test]
fn a_folder_without_a_root_is_read_whole() {
    let folder = folder(&[
        ("users.rs", &table("User")),
        ("posts.rs", &table("Post")),
        ("notes.txt", "no Rust"),
        ("deeper/more.rs", &table("More")),
    ]);
    assert_eq!(names(&read(folder.path().to_owned())), ["Post", "User"]);
}

#[test]
fn other_items_are_left_alone() {
    let folder = folder(&[(
        "schema.rs",
        r#"
        //! Text that speaks of #[derive(Table)] declares nothing.
        #[derive(Debug, Clone)]
        struct Plain { a: u8 }
        #[derive(other::Table)]
        struct Another { a: u8 }
        #[derive(EnumIter, TableOfContents)]
        enum More { A(u8) }
        #[cfg(test)]
        #[derive(Table)]
        struct ForTests { a: u8 }
        #[cfg(test)]
        mod tests { #[derive(Table)] struct AlsoForTests { a: u8 } }
        fn local() { #[derive(Table)] struct Local { a: u8 } }
        const DOC: &str = "derive(Table)";
        println!("derive Table");
        other::object!("CREATE TABLE x");
        #[derive(peristyle::Table, Debug)]
        struct Ours { a: i32 }
        #[derive(Debug)]
        #[derive(Clone, Table)]
        struct Second { a: i32 }
        #[cfg(not(test))]
        #[derive(crate::prelude::Table)]
        struct Third { a: i32 }
        use peristyle::Table as _;
        "#,
    )]);
    assert_eq!(names(&read(folder.path().join("schema.rs"))), ["Ours", "Second", "Third"]);
}

#[test]
fn a_file_without_declarations_need_not_parse() {
    let folder = folder(&[
        ("lib.rs", "mod odd;\nmod schema;"),
        ("odd.rs", "this is ... no Rust"),
        ("schema.rs", &table("A")),
    ]);
    assert_eq!(names(&read(folder.path().to_owned())), ["A"]);
}

#[test]
fn windows_line_ends_and_byte_order_marks_move_no_place() {
    let folder = folder(&[(
        "schema.rs",
        "\u{feff}#!/usr/bin/env run\r\n/// é😀\r\n#[derive(Table)]\r\nstruct A {\r\n    /* é😀 */ a: u8,\r\n}\r\n",
    )]);
    let diagnostics = refused(&folder.path().join("schema.rs"));
    let start = diagnostics[0].span.as_ref().unwrap().start;
    assert_eq!((start.line, start.column), (5, 17), "{diagnostics:#?}");
}

#[test]
fn files_that_cannot_be_read() {
    let folder = folder(&[("lib.rs", "#[path = \"gone.rs\"]\nmod gone;"), ("empty/x.txt", "")]);
    fs::write(folder.path().join("latin.rs"), b"// \xff").unwrap();
    let told = |name: &str| {
        let diagnostics = refused(&folder.path().join(name));
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        let Diagnostic { code, message, span, .. } = diagnostics.into_iter().next().unwrap();
        let message = message.replace(&format!("{}/", folder.path().display()), "");
        (code, message, span.map(|span| (span.start.line, span.start.column)))
    };
    assert_eq!(
        told("none.rs"),
        ("unreadable-file".into(), "none.rs cannot be read: there is no such file".into(), None)
    );
    assert_eq!(
        told("latin.rs"),
        ("unreadable-file".into(), "latin.rs cannot be read: it is not UTF-8 text".into(), None)
    );
    assert_eq!(
        told("lib.rs"),
        (
            "unreadable-file".into(),
            "gone.rs cannot be read: there is no such file".into(),
            Some((2, 5))
        )
    );
    assert_eq!(told("empty"), ("no-declarations".into(), "empty holds no Rust file".into(), None));
}

#[test]
fn mistakes_of_all_files_are_told_together() {
    let folder = folder(&[
        ("lib.rs", "mod a;\nmod b;\nmod missing;"),
        ("a.rs", "#[derive(Table)]\nstruct A { a: u8, b: u16 }"),
        ("b.rs", "#[derive(Table)]\nstruct B { a: Vec<Vec<i32>> }"),
    ]);
    let told: Vec<String> = refused(&folder.path().join("lib.rs"))
        .into_iter()
        .map(|diagnostic| {
            let span = diagnostic.span.unwrap();
            let file = Path::new(&*span.file).file_name().unwrap().to_str().unwrap().to_owned();
            format!("{file}:{}:{} {}", span.start.line, span.start.column, diagnostic.code)
        })
        .collect();
    assert_eq!(
        told,
        [
            "a.rs:2:15 unsupported-type",
            "a.rs:2:22 unsupported-type",
            "b.rs:2:15 unsupported-type",
            "lib.rs:3:5 missing-module",
        ]
    );
}

#[test]
fn a_module_that_leads_back_to_itself_ends() {
    let folder = folder(&[(
        "lib.rs",
        "#[path = \"lib.rs\"]\nmod again;\n#[derive(Table)]\nstruct A { a: i32 }",
    )]);
    assert_eq!(names(&read(folder.path().join("lib.rs"))), ["A"]);
}
