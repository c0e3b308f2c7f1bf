use super::*;

fn native(text: &str) -> Type {
    Type::Native(text.to_owned())
}

/// What `format_type` prints, and what it means.
#[test]
fn each_text_is_that_of_its_type() {
    for (text, data_type) in [
        ("boolean", Type::Boolean),
        ("smallint", Type::SmallInt),
        ("integer", Type::Integer),
        ("bigint", Type::BigInt),
        ("real", Type::Real),
        ("double precision", Type::Double),
        ("numeric", Type::Numeric(None)),
        ("numeric(10,2)", Type::Numeric(Some(Precision { precision: 10, scale: 2 }))),
        ("numeric(3,-2)", Type::Numeric(Some(Precision { precision: 3, scale: -2 }))),
        ("text", Type::Text),
        ("character varying", Type::Varchar(None)),
        ("character varying(40)", Type::Varchar(Some(40))),
        ("character(3)", Type::Char(Some(3))),
        ("bpchar", native("bpchar")),
        ("\"char\"", native("\"char\"")),
        ("bytea", Type::Bytes),
        ("uuid", Type::Uuid),
        ("date", Type::Date),
        ("time without time zone", Type::Time),
        ("time with time zone", native("time with time zone")),
        ("timestamp without time zone", Type::Timestamp),
        ("timestamp with time zone", Type::TimestampTz),
        ("timestamp(3) with time zone", native("timestamp(3) with time zone")),
        ("timestamp(0) without time zone", native("timestamp(0) without time zone")),
        ("interval", Type::Interval),
        ("interval(3)", native("interval(3)")),
        ("interval day to second(3)", native("interval day to second(3)")),
        ("interval year to month", native("interval year to month")),
        ("jsonb", Type::Json),
        ("json", native("json")),
        ("bit(5)", native("bit(5)")),
        ("bit varying(5)", native("bit varying(5)")),
        ("inet", native("inet")),
        ("tstzrange", native("tstzrange")),
        ("vector(384)", native("vector(384)")),
        ("geometry(Point,4326)", native("geometry(Point,4326)")),
        ("integer[]", Type::Array(Box::new(Type::Integer))),
        ("character varying(4)[]", Type::Array(Box::new(Type::Varchar(Some(4))))),
        (
            "timestamp(3) with time zone[]",
            Type::Array(Box::new(native("timestamp(3) with time zone"))),
        ),
    ] {
        assert_eq!(read(text), data_type, "{text}");
        assert_eq!(sql(&data_type), text, "{data_type:?}");
    }
}

#[test]
fn other_words_for_a_type_are_read_as_it() {
    for (text, same) in [
        ("INT4", "integer"),
        ("int", "integer"),
        ("decimal(5)", "numeric(5,0)"),
        ("numeric ( 10 , 2 )", "numeric(10,2)"),
        ("varchar(3)", "character varying(3)"),
        ("CHARACTER  VARYING (3)", "character varying(3)"),
        ("char", "character(1)"),
        ("float(24)", "real"),
        ("float(25)", "double precision"),
        ("float", "double precision"),
        ("timestamptz", "timestamp with time zone"),
        ("timestamptz(3)", "timestamp(3) with time zone"),
        ("Timestamp(3)", "timestamp(3) without time zone"),
        ("timetz", "time with time zone"),
        ("time(2)", "time(2) without time zone"),
        ("bit", "bit(1)"),
        ("varbit", "bit varying"),
        ("int[][]", "integer[]"),
        ("int[3]", "integer[]"),
        ("int array", "integer[]"),
        ("pg_catalog.int4", "integer"),
        ("public.mood", "mood"),
        ("public.\"box\"", "public.\"box\""),
    ] {
        let words =
            sql(&read(text)).replace("\"mood\"", "mood").replace("public.box", "public.\"box\"");
        let words = words.replace("\"public\"", "public");
        assert_eq!(words, same, "{text}");
        assert_eq!(read(&sql(&read(text))), read(text), "{text}");
    }
}

#[test]
fn a_type_of_the_schema_is_known_by_its_name() {
    assert_eq!(name("mood"), Some(QualifiedName::local("mood")));
    assert_eq!(name("\"Odd \"\" one\""), Some(QualifiedName::local("Odd \" one")));
    assert_eq!(name("app.mood"), Some(QualifiedName::qualified("app", "mood")));
    assert_eq!(name("public.path"), Some(QualifiedName::local("path")));
    for text in ["inet", "path", "integer", "mood[]", "double precision", "bit(5)", "a.b.c", ""] {
        assert_eq!(name(text), None, "{text}");
    }
    for held in ["mood", "path", "Odd . \" one", "interval"] {
        let held = QualifiedName::local(held);
        assert_eq!(name(&named(&held)), Some(held));
    }
}

#[test]
fn nonsense_is_kept_as_it_is() {
    for text in ["", "(", "a(", "\"a", "a..b", "a b.c d", "[]", "int[x]", "int[] x", "1", "a.b.c"] {
        assert!(matches!(read(text), Type::Native(_)), "{text}: {:?}", read(text));
    }
}
