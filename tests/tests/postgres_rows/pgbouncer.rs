//! Rows behind PgBouncer in transaction mode, where each transaction may meet another session of the server.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use peristyle::prelude::*;
use peristyle::{Error, Result};
use peristyle_driver::Url;
use peristyle_driver::postgres::Host;
use tempfile::TempDir;

use crate::database::template;
use crate::schema::*;

/// A pooler in front of the test server, ended at its end.
struct Pooler {
    process: Child,
    port: u16,
    _folder: TempDir,
}

/// Where Debian puts it, and where others do.
const PLACES: [&str; 3] = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

impl Pooler {
    /// Starts one in front of the server of this URL; nothing if it is not installed.
    fn start(url: &Url) -> Option<Self> {
        let program = PLACES.iter().find(|place| Path::new(place).exists())?;
        let address = url.address().expect("a server");
        let host = match &address.host {
            Host::Name(name) => name.clone(),
            Host::Socket(folder) => folder.display().to_string(),
            Host::AnySocket => "/var/run/postgresql".to_owned(),
        };
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its number").port();
        drop(free);
        let folder = tempfile::tempdir().expect("a folder");
        let password = address.password.map(|word| format!(" password={word}")).unwrap_or_default();
        let user = &address.user;
        let settings = format!(
            "[databases]\n* = host={host} port={}{password}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             auth_type = any\npool_mode = transaction\ndefault_pool_size = 3\nmax_client_conn = 100\nunix_socket_dir =\n\
             server_reset_query = DISCARD ALL\nserver_reset_query_always = 1\n",
            address.port
        )
        .replace("* = host", &format!("* = user={user} host"));
        let file = folder.path().join("pgbouncer.ini");
        fs::write(&file, settings).expect("the settings are written");
        // It refuses to run as root, and the user that it becomes must be able to read.
        let mut command = Command::new(program);
        #[cfg(unix)]
        if std::os::unix::fs::MetadataExt::uid(&fs::metadata(folder.path()).expect("the folder"))
            == 0
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
                .expect("readable");
            command.args(["-u", "nobody"]);
        }
        let process = command
            .arg("-q")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the pooler starts");
        let pooler = Self { process, port, _folder: folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the pooler does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(pooler)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_transaction_may_meet_another_session() -> Result<()> {
    let library = template().db().await?;
    let direct: Url = library.url().expect("a server").parse().expect("a URL");
    let Some(pooler) = Pooler::start(&direct) else {
        eprintln!("skipped: PgBouncer is not installed (Debian's package pgbouncer)");
        return Ok(());
    };
    let address = direct.address().expect("a server");
    let url = format!(
        "postgres://{}@127.0.0.1:{}/{}?pgbouncer=true",
        address.user, pooler.port, address.database
    );
    let db = Db::options().connections(12).open(&url).await?;
    let tasks: Vec<_> = (0..12)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..15 {
                    let new = NewAuthor::new(format!("{task} {n}")).karma(n);
                    let author = Author::insert(new).one(&db).await?;
                    let id = author.id.clone();
                    db.transaction(move |db| {
                        Author::update(&id).set(Author::KARMA, Author::KARMA + 1).run(db)?;
                        let tried = db.transaction(|db| {
                            Author::insert(NewAuthor::new(format!("{task} {n}"))).run(db)
                        });
                        assert!(matches!(tried, Err(Error::Unique { .. })), "{tried:?}");
                        Author::update(&id).set(Author::KARMA, Author::KARMA + 1).run(db)
                    })
                    .await?;
                    assert_eq!(Author::get(&author.id).one(&db).await?.karma, n + 2);
                }
                Ok::<_, Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic")?;
    }
    assert_eq!(Author::all().count(&db).await?, 180);
    // The test's database is dropped when nobody is connected to it any more.
    drop(db);
    drop(pooler);
    Ok(())
}
