//! The documents of a project, made from its files alone.

mod support;

use support::Project;

#[test]
fn the_schemas_document_has_its_tables_and_a_diagram() {
    let project = Project::new();
    let page = project.run(["docs", "schema"]).ok().stdout;
    for part in [
        "# Schema\n",
        "## Table `posts`\n",
        "on delete cascade",
        "## Diagram\n\n```mermaid\nerDiagram\n",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.ends_with("```\n"), "{page}");
}

#[test]
fn the_rollback_document_tells_each_migration_and_what_is_lost() {
    let project = Project::migrated();
    project.edit("src/schema.rs", "    pub name: Option<String>,\n", "");
    let decided =
        ["generate", "--name", "drop_name", "--purpose", "nobody reads it", "--allow-destructive"];
    project.run(decided).ok();
    let run = project.run(["docs", "rollback"]).ok();
    let page = &run.stdout;
    let newest = page.find("## 0002_drop_name").expect("the second migration");
    assert!(newest < page.find("## 0001_init").expect("the first migration"), "{page}");
    for part in [
        "| 0002_drop_name | partial | nobody reads it |",
        "The catalog comes back, some values do not.",
        "- drop column users.name\n  - the values of users.name are dropped\n",
        "came back, but for the values that are lost",
        "`peristyle rollback --to 0001_init`",
        "`peristyle rollback --all`",
        "- create table users\n",
        "- drop table posts\n  - posts is dropped with all rows that came into it since\n",
        "```sql\n-- drop table posts\n",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // The same folder, the same bytes.
    assert_eq!(*page, project.run(["docs", "rollback"]).ok().stdout);
}

#[test]
fn a_folder_that_somebody_has_edited_has_no_document() {
    let project = Project::migrated();
    project.edit("migrations/0001_init.sql", "DROP TABLE posts;", "DROP TABLE users;");
    project.run(["docs", "rollback"]).exit(3);
}
