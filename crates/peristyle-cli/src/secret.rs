//! Database addresses without their secrets, for everything that is shown.

/// The words of a query string whose value is a secret.
const SECRET_WORDS: [&str; 6] = ["token", "password", "passwd", "secret", "key", "auth"];

/// What stands in the place of a secret.
const MASK: &str = "***";

/// The address with its password and its tokens masked.
pub fn redact(url: &str) -> String {
    let (base, query) = match url.split_once('?') {
        Some((base, query)) => (base, Some(query)),
        None => (url, None),
    };
    let mut shown = redact_authority(base);
    if let Some(query) = query {
        shown.push('?');
        shown.push_str(&query.split('&').map(redact_pair).collect::<Vec<_>>().join("&"));
    }
    shown
}

/// Masks what stands between `user:` and the last `@` before the path.
fn redact_authority(base: &str) -> String {
    let Some((scheme, rest)) = base.split_once("://") else { return base.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return base.to_owned() };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:{MASK}@{host}"),
        None => format!("{scheme}://{user}@{host}"),
    }
}

fn redact_pair(pair: &str) -> String {
    let Some((key, _)) = pair.split_once('=') else { return pair.to_owned() };
    let lower = key.to_ascii_lowercase();
    if SECRET_WORDS.iter().any(|word| lower.contains(word)) {
        format!("{key}={MASK}")
    } else {
        pair.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn passwords_and_tokens_are_masked() {
        for (url, shown) in [
            ("sqlite:dev.db", "sqlite:dev.db"),
            ("sqlite:dev.db?mode=ro", "sqlite:dev.db?mode=ro"),
            ("postgres://me:p@ss@host:5432/db", "postgres://me:***@host:5432/db"),
            ("postgres://me@host/db?sslmode=require", "postgres://me@host/db?sslmode=require"),
            ("libsql://x.turso.io?authToken=eyJ0&tls=1", "libsql://x.turso.io?authToken=***&tls=1"),
            ("postgres://host/db?user=me&PASSWORD=x", "postgres://host/db?user=me&PASSWORD=***"),
        ] {
            assert_eq!(redact(url), shown);
        }
    }
}
