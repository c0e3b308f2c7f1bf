//! The pages that show commands are true: what they show is run in a project of its own, and says what stands there.

#[path = "../support/mod.rs"]
mod support;

mod page;
mod session;

use page::{Block, Page};
use session::Session;
use support::court::Court;

/// A change of mind that a page tells of in words.
fn without(text: &str, lines: &str) -> String {
    assert_eq!(text.matches(lines).count(), 1, "`{lines}` must stand there once:\n{text}");
    text.replace(lines, "")
}

#[test]
fn the_tour_of_the_readme() {
    let page = Page::read("README.md");
    let [begin, declare, first, change, second, third, guests, back] = page.blocks(&[
        "console",
        "rust,no_run",
        "console",
        "rust,ignore",
        "console",
        "console",
        "console",
        "console",
    ]);
    let tour = Session::new();
    tour.plays(begin);
    tour.write("src/schema.rs", &declare.text);
    tour.plays(first);
    let schema =
        tour.read("src/schema.rs").replace("    pub name: Option<String>,\n", &change.text);
    tour.write("src/schema.rs", &schema);
    tour.plays(second);
    tour.write("src/schema.rs", &without(&schema, &change.text));
    tour.plays(third);
    on_a_server(guests, back);
}

/// A value for an enum, and an index that does not stand in anybody's way.
fn on_a_server(guests: &Block, back: &Block) {
    let court = Court::new();
    let url = court.url.secret().expect("a URL");
    let tour = Session::at(&court.project).stands_for(url, "postgres://localhost/app");
    let schema = "use peristyle::{Enum, Id, Table};\n\n#[derive(Table)]\npub struct User {\n    #[key(auto)]\n    pub id: Id<User>,\n    \
                  pub email: String,\n    #[column(default = Role::Member)]\n    pub role: Role,\n}\n\n#[derive(Enum)]\npub enum Role {\n    Member,\n}\n";
    tour.write("src/schema.rs", schema);
    court.run(["generate", "--name", "users"]).ok();
    court.run(["migrate"]).ok();
    let schema = schema
        .replace("Role::Member", "Role::Guest")
        .replace("    Member,", "    Guest,\n    Member,")
        .replace("pub struct", "#[index(\"lower(email)\")]\npub struct");
    tour.write("src/schema.rs", &schema);
    tour.plays(guests);
    court.sql("INSERT INTO users (email) VALUES ('eve@example.org')");
    tour.plays(back);
}

#[test]
fn the_workflow_of_accounts() {
    let page = Page::read("systems/accounts/README.md");
    let blocks = page.blocks(&[
        "console", "sql", "console", "console", "console", "console", "console", "console",
        "console", "console",
    ]);
    let [generate, file, apply, shell, back, push, nothing, conventions, documents, postgres] =
        blocks;
    let tour = Session::new();
    for name in ["src/schema.rs", "peristyle.toml", "postgres.toml"] {
        tour.write(name, &page::text(&format!("systems/accounts/{name}")));
    }
    tour.folder("docs");
    tour.plays(generate);
    // The page leaves out that a blank line ends the file.
    assert_eq!(
        tour.read("migrations/sqlite/0001_create_accounts.sql").trim(),
        file.text.trim(),
        "the migration that the page shows"
    );
    for block in [apply, shell, back, push, nothing] {
        tour.plays(block);
    }
    let config = tour.read("peristyle.toml");
    tour.write("peristyle.toml", &without(&config, "allow.sessions = [\"timestamps\"]\n"));
    tour.plays(conventions);
    tour.write("peristyle.toml", &config);
    tour.plays(documents);

    let court = Court::new();
    let scratch = court.server.url.with_database(&format!("{}_scratch", court.name));
    let scratch = scratch.expect("a server's URL").secret().expect("a URL").to_owned();
    let url = court.url.secret().expect("a URL").to_owned();
    let server = court.server.url.secret().expect("a URL").to_owned();
    let tour = tour
        .variable("ACCOUNTS_POSTGRES_URL", &url)
        .variable("PERISTYLE_DEV_URL", &server)
        .stands_for(&scratch, "postgres://localhost/scratch")
        .stands_for(&url, "postgres://localhost/accounts")
        .instead(
            "createdb scratch",
            &format!("psql -q '{server}' -c 'CREATE DATABASE {}_scratch'", court.name),
        );
    tour.plays(postgres);
    court.sql(&format!("DROP DATABASE IF EXISTS {}_scratch", court.name));
}

#[test]
fn what_a_migration_says_of_itself() {
    let page = Page::read("docs/migrations.md");
    let [config] = page.blocks(&["toml"]);
    let project = support::Project::new();
    let tour = Session::at(&project);
    let before = tour.read("peristyle.toml");
    tour.write("peristyle.toml", &format!("{before}\n{}", config.text));
    // The page's own steps, with the ticket that its pattern asks for.
    let sentence = "generate --purpose \"members can be blocked\" --ticket PANA-12";
    assert!(page.text.contains(sentence), "the page's first step is another");
    let numbers = "since = \"0007\"";
    let config = tour.read("peristyle.toml").replace(numbers, "since = \"0001\"");
    tour.write("peristyle.toml", &config);
    let says = |command: &str, words: &str| {
        let said = tour.run(command);
        assert!(said.contains(words), "$ {command}\n{said}");
    };
    says("peristyle generate --name todo", "proven up, down and up again");
    says("peristyle check --no-database", "TODO");
    says("peristyle migrate", "TODO");
    tour.run("rm -r migrations");
    says(&format!("peristyle {sentence}"), "proven up, down and up again");
    says("peristyle check --no-database", "everything agrees");
}
