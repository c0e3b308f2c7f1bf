//! What statements tell to whoever listens.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use peristyle::{Connection, Result, sql};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down what spans of statements say.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<(String, String)>>>);

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut heard = self.0.lock().expect("no panic");
        heard.push((field.name().to_owned(), format!("{value:?}")));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "peristyle::statement"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn event(&self, _event: &Event<'_>) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

#[test]
fn a_statement_tells_its_sql_and_its_time_and_never_its_values() -> Result<()> {
    let listener = Listener::default();
    let heard = || listener.0.lock().expect("no panic").drain(..).collect::<Vec<_>>();
    let db = Connection::open("sqlite::memory:")?;
    db.execute_script("CREATE TABLE t (a TEXT UNIQUE)")?;
    let secret = "a secret";
    tracing::subscriber::with_default(listener.clone(), || {
        sql!("INSERT INTO t VALUES ({secret})").run(&db)?;
        let said = heard();
        let names: Vec<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sql", "micros"]);
        assert_eq!(said[0].1, "\"INSERT INTO t VALUES (?1)\"");
        let refused = sql!("INSERT INTO t VALUES ({secret})").run(&db);
        assert!(refused.is_err());
        let said = heard();
        assert_eq!(
            said.last().map(|(name, kind)| (name.as_str(), kind.as_str())),
            Some(("error", "\"unique\""))
        );
        assert!(said.iter().all(|(_, value)| !value.contains(secret)), "{said:?}");
        Ok::<_, peristyle::Error>(())
    })?;
    sql!("DELETE FROM t").run(&db)?;
    assert_eq!(heard(), []);
    Ok(())
}
