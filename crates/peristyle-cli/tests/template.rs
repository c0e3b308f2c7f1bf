//! The example that `init` writes compiles, and the compiler and the command see the same tables in it.

mod support;

#[path = "../templates/schema.rs"]
#[allow(dead_code, missing_docs, reason = "it is an example for somebody else's application")]
mod schema;

use support::Project;

#[test]
fn the_example_is_read_as_it_is_compiled() {
    let project = Project::empty();
    project.run(["init", "--yes"]).ok();
    assert_eq!(project.read("src/schema.rs"), include_str!("../templates/schema.rs"));
    let sql = project.run(["inspect", "file:src/schema.rs", "--dialect", "sqlite"]).ok().stdout;
    for table in ["users", "posts"] {
        assert!(sql.contains(&format!("CREATE TABLE {table} ")), "{sql}");
    }
}
