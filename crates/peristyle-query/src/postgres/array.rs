//! Arrays, in PostgreSQL's binary form and as text.

/// Writes the head of an array of one dimension in binary form.
pub(super) fn write_head(length: usize, nulls: bool, element: u32, out: &mut Vec<u8>) {
    let dimensions: i32 = if length == 0 { 0 } else { 1 };
    out.extend(dimensions.to_be_bytes());
    out.extend(i32::from(nulls).to_be_bytes());
    out.extend(element.to_be_bytes());
    if length > 0 {
        out.extend((length as i32).to_be_bytes());
        // Arrays count from 1.
        out.extend(1i32.to_be_bytes());
    }
}

/// The elements of an array in binary form, NULL as nothing; `None` for an array of several dimensions, or for bytes that
/// are no array.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Option<&[u8]>>> {
    let (dimensions, rest) = number(bytes)?;
    let (_nulls, rest) = number(rest)?;
    let (_element, rest) = number(rest)?;
    if dimensions == 0 {
        return Some(Vec::new());
    }
    if dimensions != 1 {
        return None;
    }
    let (length, rest) = number(rest)?;
    let (_from, mut rest) = number(rest)?;
    let mut elements = Vec::with_capacity(usize::try_from(length).ok()?.min(rest.len()));
    for _ in 0..length {
        let (length, behind) = number(rest)?;
        rest = behind;
        elements.push(match usize::try_from(length) {
            Err(_) => None,
            Ok(length) => {
                let (element, behind) = rest.split_at_checked(length)?;
                rest = behind;
                Some(element)
            }
        });
    }
    Some(elements)
}

fn number(bytes: &[u8]) -> Option<(i32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((i32::from_be_bytes(*number), rest))
}

/// Adds an element to an array as text: `{"a","b",NULL}`, without its braces.
pub(super) fn write_text(element: Option<&str>, out: &mut String) {
    if !out.is_empty() {
        out.push(',');
    }
    match element {
        None => out.push_str("NULL"),
        Some(text) => {
            out.push('"');
            for c in text.chars() {
                if matches!(c, '"' | '\\') {
                    out.push('\\');
                }
                out.push(c);
            }
            out.push('"');
        }
    }
}

/// The elements of an array as text, NULL as nothing; `None` for an array of several dimensions, or for text that is none.
pub(super) fn read_text(text: &str) -> Option<Vec<Option<String>>> {
    // An array that does not count from 1 says so in front: `[0:2]={…}`.
    let text = match text.strip_prefix('[') {
        Some(bounded) => bounded.split_once("]=")?.1,
        None => text,
    };
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut elements = Vec::new();
    if inner.is_empty() {
        return Some(elements);
    }
    let mut rest = inner.chars().peekable();
    loop {
        let mut element = String::new();
        let quoted = rest.next_if_eq(&'"').is_some();
        loop {
            match rest.peek() {
                None if quoted => return None,
                None => break,
                Some('"') if quoted => {
                    rest.next();
                    break;
                }
                Some(',') if !quoted => break,
                Some('{' | '}' | '"') if !quoted => return None,
                Some(_) => {}
            }
            let c = rest.next()?;
            element.push(if c == '\\' { rest.next()? } else { c });
        }
        let null = !quoted && element.eq_ignore_ascii_case("null");
        elements.push((!null).then_some(element));
        match rest.next() {
            None => return Some(elements),
            Some(',') => {}
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_of_one_dimension_have_the_bytes_that_the_server_sends() {
        // SELECT array_send(ARRAY['a', NULL]::text[])
        let mut bytes = Vec::new();
        write_head(2, true, 25, &mut bytes);
        bytes.extend([0, 0, 0, 1, b'a', 255, 255, 255, 255]);
        let expected = [
            0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, b'a', 255,
            255, 255, 255,
        ];
        assert_eq!(bytes, expected);
        assert_eq!(read(&bytes), Some(vec![Some(&b"a"[..]), None]));
        let mut empty = Vec::new();
        write_head(0, false, 25, &mut empty);
        assert_eq!(empty, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25]);
        assert_eq!(read(&empty), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_array_of_one_dimension_is_nothing() {
        assert_eq!(read(&[0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 25]), None);
        assert_eq!(read(&[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 9, 0, 0, 0, 1]), None);
        assert_eq!(read(&[]), None);
        assert_eq!(read_text("{{1,2},{3,4}}"), None);
        assert_eq!(read_text("{\"a}"), None);
        assert_eq!(read_text("a,b"), None);
    }

    #[test]
    fn text_is_quoted_and_read_again() {
        let words = [Some("plain"), None, Some("a \"b\" \\ c,{d}"), Some("NULL"), Some("")];
        let mut text = String::new();
        for word in words {
            write_text(word, &mut text);
        }
        let text = format!("{{{text}}}");
        assert_eq!(text, r#"{"plain",NULL,"a \"b\" \\ c,{d}","NULL",""}"#);
        let read = read_text(&text).expect("an array");
        assert_eq!(read.iter().map(Option::as_deref).collect::<Vec<_>>(), words);
        assert_eq!(read_text("[0:1]={sad,NULL}"), Some(vec![Some("sad".to_owned()), None]));
        assert_eq!(read_text("{}"), Some(Vec::new()));
    }
}
