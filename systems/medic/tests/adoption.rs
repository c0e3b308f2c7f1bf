//! medic's database was made by another tool. It is pulled into declarations and adopted without touching a row; after that its
//! history goes on.

use std::path::Path;

use peristyle_migrate::{
    AdoptRequest, Adopted, Body, Choices, Folder, GenerateRequest, Generated, MigrateOptions,
    RollbackOptions, Source, Writing, adopt, generate, migrate, pull, rollback,
};
use systems_support::{Database, Engine, System};

const MEDIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

/// A project over the database as it was found, with some rows in it.
struct Project {
    folder: tempfile::TempDir,
    database: Database,
}

impl Project {
    fn found() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("origin/structure.sql");
        let database = Database::empty(&MEDIC, Engine::Postgres);
        let mut connection = database.raw();
        connection.batch(&std::fs::read_to_string(path).unwrap()).unwrap();
        connection
            .batch(
                "INSERT INTO users VALUES ('00000000-0000-8000-8000-000000000001', 'd@example.org', '!', 'doctor', NULL, '\\x00ff', now(), now());
                 INSERT INTO specialties VALUES ('00000000-0000-8000-8000-000000000009', 'Cardiology', 'Καρδιολογία', 'cardiology', NULL, now(), now());",
            )
            .unwrap();
        drop(connection);
        Self { folder: tempfile::tempdir().unwrap(), database }
    }

    fn schema(&self) -> Source {
        Source::Declarations(self.folder.path().join("schema.rs"))
    }

    fn migrations(&self) -> std::path::PathBuf {
        self.folder.path().join("migrations")
    }

    /// Writes the declarations that the database is.
    fn pull(&self) -> String {
        let loaded = pull(&mut *self.database.raw()).unwrap();
        let mut schema = loaded.schema;
        schema.tables.retain(|name, _| name.to_string() != "schema_migrations");
        let text = peristyle_declare::print(&schema);
        self.declare(&text);
        text
    }

    fn declare(&self, text: &str) {
        std::fs::write(self.folder.path().join("schema.rs"), text).unwrap();
    }

    fn adopt(&self) -> Adopted {
        let request = AdoptRequest {
            folder: &self.migrations(),
            target: &self.schema(),
            scratch: self.database.scratch(),
            purpose: None,
            ticket: None,
            writing: Writing::Write,
            lock_timeout: std::time::Duration::from_secs(10),
        };
        adopt(&mut *self.database.raw(), &request, &mut |_| {}).unwrap()
    }

    fn generate(&self) -> Generated {
        generate(
            &GenerateRequest {
                folder: &self.migrations(),
                target: &self.schema(),
                scratch: self.database.scratch(),
                name: None,
                purpose: None,
                ticket: None,
                choices: Choices::default(),
                body: Body::Planned,
                writing: Writing::Write,
                sidecars: &[],
            },
            &mut |_| {},
        )
        .unwrap()
    }

    fn folder(&self) -> Folder {
        Folder::open(self.migrations()).unwrap()
    }

    /// Every row of every table that was found, and when it was written (`xmin`): a row that is touched gets another one.
    fn rows(&self) -> Vec<String> {
        ["schema_migrations", "users", "specialties"]
            .into_iter()
            .map(|table| {
                let sql = format!("SELECT xmin::text, t.*::text FROM {table} t ORDER BY 2");
                format!("{:?}", self.database.query(&sql).rows)
            })
            .collect()
    }
}

/// The repair of the foreign key that cannot hold, in plain SQL, as its owner would do it before they adopt.
const REPAIR: &str = "ALTER TABLE appointments DROP CONSTRAINT appointments_doctor_id_fkey,
    ADD CONSTRAINT appointments_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES doctors ON DELETE RESTRICT";

#[test]
fn a_database_is_adopted_and_its_history_goes_on() {
    let project = Project::found();
    // What cannot hold is not declared: the difference is shown, and nothing is written.
    project.database.raw().batch(REPAIR).unwrap();
    let text = project.pull();
    let back = REPAIR.replace("RESTRICT", "SET NULL");
    project.database.raw().batch(&back).unwrap();
    let Adopted::Differs { changes, .. } = project.adopt() else { panic!("it is not the same") };
    let words = peristyle_migrate::describe(&changes).join("; ");
    assert!(words.contains("appointments") && words.contains("doctor"), "{words}");
    assert!(project.folder().migrations().is_empty());
    project.database.raw().batch(REPAIR).unwrap();
    // Adopted: the other tool's history is recognized, and no row is touched.
    let rows = project.rows();
    let Adopted::Baseline(baseline) = project.adopt() else { panic!("it is the same now") };
    let [other] = baseline.others.as_slice() else { panic!("{:?}", baseline.others) };
    assert_eq!((other.table.as_str(), other.entries), ("schema_migrations", 3));
    assert!(other.tool.contains("Ecto"), "{}", other.tool);
    assert_eq!(project.rows(), rows);
    assert_eq!(project.folder().migrations().len(), 1);
    let Generated::Nothing { .. } = project.generate() else { panic!("there is nothing to do") };
    // A real change goes through, and comes home.
    let field = "    pub bio_el: Option<String>,\n";
    assert_eq!(text.matches(field).count(), 1, "{text}");
    project.declare(&text.replace(field, &format!("{field}    pub phone: Option<String>,\n")));
    let Generated::Migration(migration) = project.generate() else { panic!("there is a change") };
    assert!(migration.text.contains("ADD COLUMN phone text"), "{}", migration.text);
    let options = MigrateOptions::default();
    migrate(&mut *project.database.raw(), &project.folder(), &options, &mut |_| {}).unwrap();
    project.database.execute("UPDATE doctors SET phone = '+30 210 5550100'").unwrap();
    assert_eq!(project.rows(), rows, "the other history stays as it was");
    let back = RollbackOptions::default();
    rollback(&mut *project.database.raw(), &project.folder(), &back, &mut |_| {}).unwrap();
    assert!(project.database.execute("UPDATE doctors SET phone = ''").is_err());
    assert_eq!(project.rows(), rows);
}
