//! Addresses as texts: `postgres://user:password@host:port/database?…`.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use super::{Address, Encryption, Host, NAME, PATIENCE, PORT};
use crate::url::percent_decode;

/// What a query of a URL may hold, for the message about what it may not.
const UNDERSTOOD: &str = "`host`, `port`, `user`, `password`, `dbname`, `sslmode`, `sslrootcert`, `application_name`, `connect_timeout`, `pgbouncer` and `options` are";

impl FromStr for Address {
    type Err = String;

    /// Reads `postgres://user:password@host:port/database?…`.
    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.split_once("://").map(|(_, rest)| rest).ok_or("`//` is missing")?;
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (login, place) = match place.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, place),
        };
        let (server, database) = place.split_once('/').unwrap_or((place, ""));
        let mut draft = Draft::default();
        if let Some(login) = login {
            let (user, password) = match login.split_once(':') {
                Some((user, password)) => (user, Some(password)),
                None => (login, None),
            };
            draft.user = filled(percent_decode(user)?);
            draft.password = password.map(percent_decode).transpose()?;
        }
        draft.server(server)?;
        draft.database = filled(percent_decode(database)?);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            draft.set(name, percent_decode(value)?)?;
        }
        draft.finish()
    }
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[derive(Default)]
struct Draft {
    host: Option<Host>,
    port: Option<u16>,
    user: Option<String>,
    password: Option<String>,
    database: Option<String>,
    encryption: Option<Encryption>,
    root_certificates: Option<PathBuf>,
    application_name: Option<String>,
    connect_timeout: Option<Duration>,
    pooled: bool,
    settings: Vec<(String, String)>,
}

impl Draft {
    /// What stands between `@` and `/`: `host`, `host:port`, `[::1]:port`, or nothing.
    fn server(&mut self, text: &str) -> Result<(), String> {
        if text.contains(',') {
            return Err("only one host can be named".to_owned());
        }
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']').ok_or("`]` is missing")?;
                (host.to_owned(), port.strip_prefix(':').unwrap_or(port))
            }
            None => match text.rsplit_once(':') {
                Some((host, port)) => (percent_decode(host)?, port),
                None => (percent_decode(text)?, ""),
            },
        };
        self.host = filled(host).map(host_or_socket);
        if !port.is_empty() {
            self.port = Some(number(port)?);
        }
        Ok(())
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), String> {
        match name {
            "host" => self.host = filled(value).map(host_or_socket),
            "port" => self.port = Some(number(&value)?),
            "user" => self.user = filled(value),
            "password" => self.password = Some(value),
            "dbname" => self.database = filled(value),
            "sslmode" => self.encryption = Some(encryption(&value)?),
            "sslrootcert" => self.root_certificates = filled(value).map(PathBuf::from),
            "application_name" => self.application_name = filled(value),
            "connect_timeout" => {
                let seconds: u64 = value
                    .parse()
                    .map_err(|_| format!("`connect_timeout={value}` is not a number of seconds"))?;
                // As everywhere in PostgreSQL's clients, 0 means to wait as long as it takes; an hour is that.
                self.connect_timeout =
                    Some(Duration::from_secs(if seconds == 0 { 3600 } else { seconds }));
            }
            "pgbouncer" => {
                self.pooled = match value.as_str() {
                    "true" => true,
                    "false" => false,
                    other => {
                        return Err(format!("`pgbouncer={other}` is neither `true` nor `false`"));
                    }
                }
            }
            "options" => self.settings.push(("options".to_owned(), value)),
            other => {
                return Err(format!("`{other}` is not understood here; {UNDERSTOOD}"));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Address, String> {
        let host = self.host.unwrap_or(Host::AnySocket);
        let user = self.user.ok_or("the user is missing; write `postgres://user@host/database`")?;
        for text in [Some(&user), self.database.as_ref(), self.application_name.as_ref()] {
            if text.is_some_and(|text| text.contains('\0')) {
                return Err("a name holds the character NUL".to_owned());
            }
        }
        let encryption = match (self.encryption, &host) {
            (Some(_) | None, Host::Socket(_) | Host::AnySocket) => Encryption::Disabled,
            // As in libpq: who names an authority wants it to be looked at.
            (Some(Encryption::Unverified), Host::Name(_)) if self.root_certificates.is_some() => {
                Encryption::Authority
            }
            (Some(asked), Host::Name(_)) => asked,
            (None, Host::Name(_)) => host.encryption(),
        };
        Ok(Address {
            host,
            port: self.port.unwrap_or(PORT),
            database: self.database.unwrap_or_else(|| user.clone()),
            user,
            password: self.password,
            encryption,
            root_certificates: self.root_certificates,
            application_name: self.application_name.unwrap_or_else(|| NAME.to_owned()),
            connect_timeout: self.connect_timeout.unwrap_or(PATIENCE),
            pooled: self.pooled,
            settings: self.settings,
        })
    }
}

fn host_or_socket(text: String) -> Host {
    if Path::new(&text).is_absolute() { Host::Socket(text.into()) } else { Host::Name(text) }
}

fn number(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("`{text}` is not a port"))
}

fn encryption(mode: &str) -> Result<Encryption, String> {
    match mode {
        "disable" => Ok(Encryption::Disabled),
        "require" => Ok(Encryption::Unverified),
        "verify-ca" => Ok(Encryption::Authority),
        "verify-full" => Ok(Encryption::Full),
        "prefer" | "allow" => Err(format!(
            "`sslmode={mode}` leaves it to whoever stands between whether the connection is encrypted; use `verify-full`, `verify-ca`, `require` or `disable`"
        )),
        other => Err(format!(
            "`sslmode={other}` does not exist; use `verify-full`, `verify-ca`, `require` or `disable`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse().unwrap_or_else(|reason| panic!("{text}: {reason}"))
    }

    #[test]
    fn every_part_of_a_url_is_read() {
        let all = address(
            "postgres://m%65:p%40ss%3a@db.example:6432/app%20db?application_name=job&connect_timeout=3&options=-c%20geqo%3Doff",
        );
        assert_eq!(all.host, Host::Name("db.example".to_owned()));
        assert_eq!((all.port, all.user.as_str(), all.database.as_str()), (6432, "me", "app db"));
        assert_eq!(all.password.as_deref(), Some("p@ss:"));
        assert_eq!(all.application_name, "job");
        assert!(!all.pooled && address("postgres://u@h/d?pgbouncer=true").pooled);
        assert_eq!(all.connect_timeout, Duration::from_secs(3));
        assert_eq!(all.settings, [("options".to_owned(), "-c geqo=off".to_owned())]);
        let mut session = all.clone();
        session.settings.push(("TimeZone".to_owned(), "UTC".to_owned()));
        assert_eq!(session.url(), all.url());
    }

    #[test]
    fn hosts_in_every_form() {
        let name = |text: &str| Host::Name(text.to_owned());
        for (text, host, port) in [
            ("postgres://u@h/d", name("h"), 5432),
            ("postgresql://u@[::1]:99/d", name("::1"), 99),
            ("postgres://u@/d?host=/run/pg&port=7", Host::Socket("/run/pg".into()), 7),
            ("postgres://u@%2Frun%2Fpg/d", Host::Socket("/run/pg".into()), 5432),
            ("postgres://u@/d", Host::AnySocket, 5432),
            ("postgres:///d?user=u", Host::AnySocket, 5432),
        ] {
            let address = address(text);
            assert_eq!((address.host, address.port), (host, port), "{text}");
            assert_eq!(address.database, "d", "{text}");
        }
        assert_eq!(address("postgres://me@h").database, "me");
    }

    #[test]
    fn what_can_be_listened_to_is_encrypted_and_verified_unless_told_otherwise() {
        for (text, expected) in [
            ("postgres://u@localhost/d", Encryption::Disabled),
            ("postgres://u@127.9.9.9/d", Encryption::Disabled),
            ("postgres://u@[::1]/d", Encryption::Disabled),
            ("postgres://u@/d?host=/run", Encryption::Disabled),
            ("postgres://u@db/d", Encryption::Full),
            ("postgres://u@localhost.example/d", Encryption::Full),
            ("postgres://u@10.0.0.1/d", Encryption::Full),
            ("postgres://u@db/d?sslmode=disable", Encryption::Disabled),
            ("postgres://u@db/d?sslmode=require", Encryption::Unverified),
            ("postgres://u@db/d?sslmode=require&sslrootcert=ca.pem", Encryption::Authority),
            ("postgres://u@db/d?sslmode=verify-ca", Encryption::Authority),
            ("postgres://u@localhost/d?sslmode=verify-full", Encryption::Full),
        ] {
            assert_eq!(address(text).encryption, expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_with_a_reason() {
        for (text, reason) in [
            ("postgres://db/app", "the user is missing"),
            ("postgres://u@a,b/app", "only one host"),
            ("postgres://u@h:port/app", "`port` is not a port"),
            ("postgres://u@h:70000/app", "`70000` is not a port"),
            ("postgres://u@[::1/app", "`]` is missing"),
            ("postgres://u@h/app?sslmode=prefer", "leaves it to whoever stands between"),
            ("postgres://u@h/app?sslmode=on", "does not exist"),
            ("postgres://u@h/app?pgbouncer=1", "neither `true` nor `false`"),
            ("postgres://u@h/app?schema=x", "`schema` is not understood"),
            ("postgres://u@h/app?connect_timeout=soon", "is not a number of seconds"),
            ("postgres://u%zz@h/app", "two hexadecimal digits"),
            ("postgres://u@h/a%00b", "NUL"),
        ] {
            let said = text.parse::<Address>().expect_err(text);
            assert!(said.contains(reason), "{text}: {said}");
        }
    }

    #[test]
    fn an_address_is_its_url() {
        for text in [
            "postgres://m%65:p%40ss%3a%2F@db.example:6432/app%20db?application_name=job&options=-c%20geqo%3Doff",
            "postgres://u@[::1]/d?sslmode=verify-ca&sslrootcert=/a/b.pem&pgbouncer=true",
            "postgres://u@/d?host=/run/pg&port=7&connect_timeout=3",
            "postgres://u@/d",
        ] {
            let read = address(text);
            let url = read.url();
            assert_eq!(address(url.secret().expect("a server's URL")), read, "{text}");
        }
    }

    #[test]
    fn the_password_is_not_shown() {
        assert!(!format!("{:?}", address("postgres://u:hunter2@h/d")).contains("hunter2"));
    }
}
