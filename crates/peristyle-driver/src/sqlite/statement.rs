//! Prepared statements, straight on SQLite's C interface: the only unsafe code of the project.
//!
//! `rusqlite` prepares, looks up by SQL text and reads through a value of its own; what rows cost beyond SQLite itself is
//! mostly that (`bench/README.md` has the figures). Here a statement is kept by a number, and a column is read by one call. Everything else (opening, scripts,
//! busy handling, errors) stays `rusqlite`'s.
//!
//! Why it is sound:
//!
//! - A [`Session`] owns its connection and the statements that were prepared on it; the statements are its first field, so they are finalized
//!   before the connection is closed. No statement can be had that outlives the session: [`Statement`] borrows it.
//! - A statement is in one place only: in its slot, or taken out of it by one [`Statement`].
//! - What is read of a row borrows the statement, and the next step needs the statement mutably: no text survives the row that it
//!   is of. Only the function that fits a column's type is called for it, so SQLite converts nothing in place and moves no text
//!   (<https://sqlite.org/c3ref/column_blob.html>). Columns behind the last are not asked for.
//! - Values are copied by SQLite when they are bound (`SQLITE_TRANSIENT`).
//! - A session goes from thread to thread as a whole, and no two threads use it at once (it is not `Sync`): that is all that SQLite
//!   asks for in its multi-thread mode (<https://sqlite.org/threadsafe.html>).
#![expect(unsafe_code, reason = "the C interface of SQLite")]

use std::cell::{Cell, RefCell};
use std::ffi::{CStr, c_char, c_int};
use std::marker::PhantomData;
use std::ptr::{self, NonNull};

use rusqlite::{Connection, Error, ffi};

/// A connection with statements that stay prepared.
pub struct Session {
    /// Before the connection, so that they are dropped before it.
    statements: RefCell<Vec<Option<Raw>>>,
    /// How often all statements were forgotten: a number means nothing after that.
    forgotten: Cell<u64>,
    connection: Connection,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

/// A statement of a session, in its slot or out of it.
struct Raw(NonNull<ffi::sqlite3_stmt>);

// SAFETY: SQLite's statements have no tie to the thread that made them; a session is used by one thread at a time.
unsafe impl Send for Raw {}

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: the statement was prepared by `Session::compile` and is finalized only here. What a failed statement
        // failed with is said again, and is known already.
        unsafe { ffi::sqlite3_finalize(self.0.as_ptr()) };
    }
}

impl Session {
    /// Takes over a connection.
    pub fn new(connection: Connection) -> Self {
        Self { statements: RefCell::default(), forgotten: Cell::new(0), connection }
    }

    /// The connection, for everything but rows.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Prepares a statement and gives its number.
    pub fn prepare(&self, sql: &str) -> Result<usize, Error> {
        let statement = self.compile(sql)?;
        let mut statements = self.statements.borrow_mut();
        statements.push(Some(statement));
        Ok(statements.len() - 1)
    }

    /// The statement of a number, to be run. Where it is out already, `sql` is prepared once more.
    #[inline]
    pub fn statement(&self, number: usize, sql: &str) -> Result<Statement<'_>, Error> {
        let kept = self.statements.borrow_mut().get_mut(number).and_then(Option::take);
        let raw = match kept {
            Some(raw) => raw,
            None => self.compile(sql)?,
        };
        Ok(Statement { raw: Some(raw), number, of: self.forgotten.get(), session: self })
    }

    /// Forgets all statements. Those that are out are forgotten when they come back.
    pub fn forget(&self) {
        self.forgotten.set(self.forgotten.get() + 1);
        self.statements.borrow_mut().clear();
    }

    fn compile(&self, sql: &str) -> Result<Raw, Error> {
        let length = c_int::try_from(sql.len()).map_err(|_| Error::InvalidQuery)?;
        let mut statement = ptr::null_mut();
        let mut rest: *const c_char = ptr::null();
        // SAFETY: the handle is that of an open connection; the text is `length` bytes long and outlives the call.
        let (code, handle) = unsafe {
            let handle = self.connection.handle();
            let code = ffi::sqlite3_prepare_v3(
                handle,
                sql.as_ptr().cast(),
                length,
                ffi::SQLITE_PREPARE_PERSISTENT,
                &raw mut statement,
                &raw mut rest,
            );
            (code, handle)
        };
        if code != ffi::SQLITE_OK {
            return Err(failure(code, handle));
        }
        let statement = Raw(NonNull::new(statement).ok_or(Error::InvalidQuery)?);
        let read = (rest as usize).saturating_sub(sql.as_ptr() as usize);
        let rest = sql.get(read..).unwrap_or_default();
        if !rest.trim_matches(|c: char| c == ';' || c.is_whitespace()).is_empty() {
            return Err(Error::MultipleStatement);
        }
        Ok(statement)
    }
}

/// What SQLite says of the last call on a connection.
#[cold]
fn failure(code: c_int, handle: *mut ffi::sqlite3) -> Error {
    // SAFETY: the handle is that of an open connection; the message is valid until the next call on it, and copied before.
    let message = unsafe {
        let message = ffi::sqlite3_errmsg(handle);
        (!message.is_null()).then(|| CStr::from_ptr(message).to_string_lossy().into_owned())
    };
    Error::SqliteFailure(ffi::Error::new(code), message)
}

/// A statement that takes values and runs. When it is dropped it is ready for the next one.
pub struct Statement<'s> {
    /// There until it is dropped.
    raw: Option<Raw>,
    number: usize,
    /// After how many times of forgetting it was taken.
    of: u64,
    session: &'s Session,
}

impl std::fmt::Debug for Statement<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Statement").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Drop for Statement<'_> {
    #[inline]
    fn drop(&mut self) {
        let Some(raw) = self.raw.take() else { return };
        // SAFETY: the statement is alive. What a failed run failed with is said again, and is known already.
        unsafe {
            ffi::sqlite3_reset(raw.0.as_ptr());
            ffi::sqlite3_clear_bindings(raw.0.as_ptr());
        }
        if self.of != self.session.forgotten.get() {
            return;
        }
        if let Some(slot) = self.session.statements.borrow_mut().get_mut(self.number)
            && slot.is_none()
        {
            *slot = Some(raw);
        }
    }
}

/// A value on its way into a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Given<'v> {
    /// No value.
    Null,
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(&'v str),
    /// Bytes.
    Blob(&'v [u8]),
}

impl Statement<'_> {
    #[inline]
    fn pointer(&self) -> *mut ffi::sqlite3_stmt {
        self.raw.as_ref().map_or(ptr::null_mut(), |raw| raw.0.as_ptr())
    }

    #[inline]
    fn checked(&self, code: c_int) -> Result<(), Error> {
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(self.failure(code)) }
    }

    #[cold]
    fn failure(&self, code: c_int) -> Error {
        // SAFETY: the connection is open.
        failure(code, unsafe { self.session.connection.handle() })
    }

    /// Sets the parameter of a number, counted from 1.
    #[inline]
    pub fn bind(&mut self, parameter: usize, value: Given<'_>) -> Result<(), Error> {
        let at = c_int::try_from(parameter).map_err(|_| Error::InvalidQuery)?;
        let statement = self.pointer();
        // SAFETY: the statement is alive and not running (it was reset when it was dropped last); a parameter that is not
        // there is an error code; texts and bytes are copied before the call returns.
        let code = unsafe {
            match value {
                Given::Null => ffi::sqlite3_bind_null(statement, at),
                Given::Integer(value) => ffi::sqlite3_bind_int64(statement, at, value),
                Given::Real(value) => ffi::sqlite3_bind_double(statement, at, value),
                Given::Text(text) => ffi::sqlite3_bind_text64(
                    statement,
                    at,
                    text.as_ptr().cast(),
                    text.len() as u64,
                    ffi::SQLITE_TRANSIENT(),
                    ffi::SQLITE_UTF8 as u8,
                ),
                Given::Blob([]) => ffi::sqlite3_bind_zeroblob(statement, at, 0),
                Given::Blob(bytes) => ffi::sqlite3_bind_blob64(
                    statement,
                    at,
                    bytes.as_ptr().cast(),
                    bytes.len() as u64,
                    ffi::SQLITE_TRANSIENT(),
                ),
            }
        };
        self.checked(code)
    }

    /// Goes to the next row; nothing behind the last.
    #[inline]
    pub fn step(&mut self) -> Result<Option<Row<'_>>, Error> {
        let statement = self.pointer();
        // SAFETY: the statement is alive.
        match unsafe { ffi::sqlite3_step(statement) } {
            ffi::SQLITE_ROW => {
                // SAFETY: the statement is alive.
                let columns = unsafe { ffi::sqlite3_data_count(statement) };
                Ok(Some(Row { statement, columns, of: PhantomData }))
            }
            ffi::SQLITE_DONE => Ok(None),
            code => Err(self.failure(code)),
        }
    }

    /// Runs it to its end, and says how many rows it wrote.
    pub fn run(&mut self) -> Result<u64, Error> {
        while self.step()?.is_some() {}
        // SAFETY: the statement is alive.
        let reads = unsafe { ffi::sqlite3_stmt_readonly(self.pointer()) } != 0;
        Ok(if reads { 0 } else { self.session.connection.changes() })
    }
}

/// The row at which a statement stands.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    statement: *mut ffi::sqlite3_stmt,
    columns: c_int,
    of: PhantomData<&'r ()>,
}

/// What a column of a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// No value.
    Null,
    /// An integer.
    Integer,
    /// A floating-point number.
    Real,
    /// Text.
    Text,
    /// Bytes.
    Blob,
}

impl<'r> Row<'r> {
    /// What a column holds; nothing behind the last.
    #[inline]
    pub fn holds(self, column: usize) -> Holds {
        let Some(at) = self.place(column) else { return Holds::Null };
        // SAFETY: the statement stands at a row, which the lifetime sees to, and has the column.
        match unsafe { ffi::sqlite3_column_type(self.statement, at) } {
            ffi::SQLITE_INTEGER => Holds::Integer,
            ffi::SQLITE_FLOAT => Holds::Real,
            ffi::SQLITE_TEXT => Holds::Text,
            ffi::SQLITE_BLOB => Holds::Blob,
            _ => Holds::Null,
        }
    }

    #[inline]
    fn place(self, column: usize) -> Option<c_int> {
        c_int::try_from(column).ok().filter(|at| *at < self.columns)
    }

    /// The integer in a column, if it holds one.
    #[inline]
    pub fn integer(self, column: usize) -> Option<i64> {
        let at = self.place(column).filter(|_| self.holds(column) == Holds::Integer)?;
        // SAFETY: as in `holds`.
        Some(unsafe { ffi::sqlite3_column_int64(self.statement, at) })
    }

    /// The floating-point number in a column, if it holds one.
    #[inline]
    pub fn real(self, column: usize) -> Option<f64> {
        let at = self.place(column).filter(|_| self.holds(column) == Holds::Real)?;
        // SAFETY: as in `holds`.
        Some(unsafe { ffi::sqlite3_column_double(self.statement, at) })
    }

    /// The text in a column as bytes, which need not be UTF-8, if it holds text.
    #[inline]
    pub fn text(self, column: usize) -> Option<&'r [u8]> {
        let at = self.place(column).filter(|_| self.holds(column) == Holds::Text)?;
        // SAFETY: as in `holds`; the column holds text, so nothing is converted; the bytes stay until the next step.
        unsafe {
            let start = ffi::sqlite3_column_text(self.statement, at);
            let length = ffi::sqlite3_column_bytes(self.statement, at);
            Some(slice(start, length))
        }
    }

    /// The bytes in a column, if it holds bytes.
    #[inline]
    pub fn blob(self, column: usize) -> Option<&'r [u8]> {
        let at = self.place(column).filter(|_| self.holds(column) == Holds::Blob)?;
        // SAFETY: as in `text`.
        unsafe {
            let start = ffi::sqlite3_column_blob(self.statement, at);
            let length = ffi::sqlite3_column_bytes(self.statement, at);
            Some(slice(start.cast(), length))
        }
    }
}

/// So many bytes; none where there is no pointer, which is how SQLite gives empty ones.
///
/// # Safety
///
/// A pointer that is not null leads to so many bytes, which stay as they are for the lifetime.
#[inline]
unsafe fn slice<'r>(start: *const u8, length: c_int) -> &'r [u8] {
    match usize::try_from(length) {
        // SAFETY: said above.
        Ok(length) if length > 0 && !start.is_null() => unsafe {
            std::slice::from_raw_parts(start, length)
        },
        Ok(_) | Err(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session::new(Connection::open_in_memory().expect("a database in memory"))
    }

    #[test]
    fn every_type_goes_in_and_comes_out() -> Result<(), Error> {
        let session = session();
        let sql = "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7";
        let number = session.prepare(sql)?;
        let mut statement = session.statement(number, sql)?;
        statement.bind(1, Given::Null)?;
        statement.bind(2, Given::Integer(i64::MIN))?;
        statement.bind(3, Given::Real(-0.5))?;
        statement.bind(4, Given::Text("né\0e"))?;
        statement.bind(5, Given::Blob(&[0, 255]))?;
        statement.bind(6, Given::Text(""))?;
        statement.bind(7, Given::Blob(&[]))?;
        let row = statement.step()?.expect("a row");
        let holds: Vec<Holds> = (0..8).map(|at| row.holds(at)).collect();
        let expected = [
            Holds::Null,
            Holds::Integer,
            Holds::Real,
            Holds::Text,
            Holds::Blob,
            Holds::Text,
            Holds::Blob,
            // There is no such column.
            Holds::Null,
        ];
        assert_eq!(holds, expected);
        assert_eq!((row.integer(1), row.real(2)), (Some(i64::MIN), Some(-0.5)));
        assert_eq!((row.text(3), row.blob(4)), (Some("né\0e".as_bytes()), Some(&[0, 255][..])));
        assert_eq!((row.text(5), row.blob(6)), (Some(&[][..]), Some(&[][..])));
        // Nothing is converted: what is asked for as another type is not there.
        assert_eq!(
            (row.text(1), row.integer(3), row.blob(3), row.real(1)),
            (None, None, None, None)
        );
        assert!(statement.step()?.is_none());
        Ok(())
    }

    #[test]
    fn a_statement_comes_back_ready_and_without_its_values() -> Result<(), Error> {
        let session = session();
        let sql = "SELECT ?1 UNION ALL SELECT 2";
        let number = session.prepare(sql)?;
        for value in [Given::Integer(1), Given::Null] {
            let mut statement = session.statement(number, sql)?;
            if let Given::Integer(_) = value {
                statement.bind(1, value)?;
            }
            let row = statement.step()?.expect("a row");
            assert_eq!(row.integer(0).is_some(), matches!(value, Given::Integer(_)));
            // It is dropped in the middle of its rows.
        }
        Ok(())
    }

    #[test]
    fn the_same_statement_twice_at_once() -> Result<(), Error> {
        let session = session();
        let number = session.prepare("SELECT 1")?;
        let mut one = session.statement(number, "SELECT 1")?;
        let mut other = session.statement(number, "SELECT 1")?;
        assert!(one.step()?.is_some() && other.step()?.is_some());
        drop(one);
        session.forget();
        assert_eq!(other.step()?.map(|_| ()), None);
        drop(other);
        assert_eq!(session.statement(number, "SELECT 1")?.run()?, 0);
        Ok(())
    }

    #[test]
    fn what_is_refused_says_why() -> Result<(), Error> {
        let session = session();
        let message = |error: Error| error.to_string();
        let refused = session.prepare("SELEC 1").expect_err("no SQL");
        assert!(message(refused).contains("syntax error"));
        assert!(matches!(session.prepare("SELECT 1; SELECT 2"), Err(Error::MultipleStatement)));
        assert!(matches!(session.prepare("-- nothing"), Err(Error::InvalidQuery)));
        session.connection().execute_batch("CREATE TABLE t (a INTEGER UNIQUE)")?;
        let sql = "INSERT INTO t VALUES (?1);  ";
        let number = session.prepare(sql)?;
        let insert = |value: i64| {
            let mut statement = session.statement(number, sql)?;
            statement.bind(1, Given::Integer(value))?;
            statement.run()
        };
        assert_eq!(insert(1)?, 1);
        let refused = insert(1).expect_err("the value is there");
        assert!(message(refused).contains("UNIQUE constraint failed: t.a"));
        assert_eq!(insert(2)?, 1);
        let mut statement = session.statement(number, sql)?;
        assert!(statement.bind(2, Given::Null).is_err());
        Ok(())
    }

    #[test]
    fn a_table_that_changes_prepares_its_statements_again() -> Result<(), Error> {
        let session = session();
        session.connection().execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)")?;
        let sql = "SELECT * FROM t";
        let number = session.prepare(sql)?;
        assert!(session.statement(number, sql)?.step()?.is_some());
        session.connection().execute_batch("ALTER TABLE t ADD COLUMN b DEFAULT 5")?;
        let mut statement = session.statement(number, sql)?;
        let row = statement.step()?.expect("a row");
        assert_eq!((row.integer(0), row.integer(1), row.integer(2)), (Some(1), Some(5), None));
        Ok(())
    }

    #[test]
    fn a_session_goes_to_another_thread() -> Result<(), Error> {
        let session = session();
        let number = session.prepare("SELECT 7")?;
        let read = std::thread::spawn(move || {
            let mut statement = session.statement(number, "SELECT 7")?;
            Ok::<_, Error>(statement.step()?.and_then(|row| row.integer(0)))
        });
        assert_eq!(read.join().expect("no panic")?, Some(7));
        Ok(())
    }
}
