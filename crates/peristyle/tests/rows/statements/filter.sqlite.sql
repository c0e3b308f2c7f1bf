-- comparisons
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma = ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma <> ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma <= ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma > ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma >= ?1 ORDER BY karma;

-- between_has_both_ends
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma BETWEEN ?1 AND ?2 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE NOT authors.karma BETWEEN ?1 AND ?2 ORDER BY karma;

-- nulls
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NOT NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name <> ?1 ORDER BY karma;

-- an_option_is_compared_with_null_as_a_value
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IS NOT ?1 ORDER BY karma;

-- lists
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma NOT IN (SELECT value FROM json_each(?1)) ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name IN (SELECT value FROM json_each(?1)) ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.email IN (SELECT value FROM json_each(?1)) ORDER BY karma;

-- an_empty_list_holds_nothing
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma NOT IN (SELECT value FROM json_each(?1)) ORDER BY karma;

-- a_list_of_thousands_is_one_parameter
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) ORDER BY karma;

-- lists_of_keys_and_enums
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id IN (SELECT value FROM json_each(?1));
INSERT INTO books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.genre IN (SELECT value FROM json_each(?1));

-- text
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name LIKE ?1 ESCAPE '\' ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name NOT LIKE ?1 ESCAPE '\' ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE substr(authors.email, 1, length(?1)) = ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE (substr(authors.email, length(authors.email) - length(?1) + 1) = ?1 AND length(authors.email) >= length(?1)) ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE instr(authors.email, ?1) > 0 ORDER BY karma;

-- text_takes_wildcards_literally
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
SELECT count(*) FROM authors WHERE substr(authors.email, 1, length(?1)) = ?1;
SELECT count(*) FROM authors WHERE instr(authors.email, ?1) > 0;
SELECT count(*) FROM authors WHERE authors.email LIKE ?1 ESCAPE '\';
SELECT count(*) FROM authors WHERE (substr(authors.email, length(authors.email) - length(?1) + 1) = ?1 AND length(authors.email) >= length(?1));

-- and_or_not
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 AND authors.name IS NOT NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 AND NOT authors.name IS NOT NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE (authors.karma < ?1 OR authors.karma > ?2) AND authors.name IS NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma < ?1 OR authors.karma > ?2 AND authors.name IS NULL ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE NOT (authors.karma < ?1 OR authors.karma > ?2) ORDER BY karma;

-- several_filters_must_all_hold
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors WHERE authors.karma > ?1 AND (authors.karma < ?2 OR authors.karma = ?3) AND authors.name IS NULL;

-- a_column_of_bool_is_a_condition
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.in_print;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.in_print = ?1;

-- columns_are_compared_with_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.author_id = books.editor_id;
SELECT count(*) FROM books WHERE books.title_length = length(books.title);

-- expressions
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma + ?1 = ?2 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma * ?1 - ?2 > ?3 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.karma - (authors.karma - ?1) = ?2 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE -authors.karma < ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE coalesce(authors.name, ?1) = ?2 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE lower(authors.name) = ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE substr(upper(authors.name), 1, length(?1)) = ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE length(authors.email) > ?1 ORDER BY karma;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.name || ?1 = ?2 ORDER BY karma;

-- values_are_never_sql
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
SELECT count(*) FROM authors WHERE authors.email = ?1;
SELECT count(*) FROM authors WHERE authors.email IN (SELECT value FROM json_each(?1));

-- decimals_dates_and_uuids_are_compared_as_what_they_are
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT count(*) FROM books WHERE books.price BETWEEN ?1 AND ?2;
SELECT count(*) FROM books WHERE books.price IN (SELECT value FROM json_each(?1));
UPDATE authors SET born = ?1, updated_at = ?2 WHERE authors.id = ?3;
SELECT count(*) FROM authors WHERE authors.born < ?1;
SELECT count(*) FROM authors WHERE authors.created_at > ?1;
