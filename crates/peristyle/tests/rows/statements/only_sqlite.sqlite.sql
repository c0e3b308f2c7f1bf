-- an_unknown_value_of_an_enum_says_which_there_are
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books;

-- text_where_a_number_is_expected
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;

-- a_selected_column_that_does_not_fit_is_named
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT email, karma FROM authors;
SELECT karma, id FROM authors;

-- a_decimal_of_too_many_digits_is_refused
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM books;

-- a_number_that_does_not_fit_its_type
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, secret, opens, level, weight;
SELECT id, secret, opens, level, weight FROM tokens WHERE tokens.id = ?1;

-- a_check_without_a_name_is_its_condition
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE authors SET karma = ?1, updated_at = ?2 WHERE authors.id = ?3;

-- what_sqlite_itself_writes_as_a_time_is_read
SELECT message, at FROM log_lines ORDER BY message;

-- decimals_of_fifteen_digits_are_exact
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.price = ?1;

-- text_may_hold_every_character
INSERT INTO log_lines (message, at) VALUES (?1, ?2) RETURNING message, at;
