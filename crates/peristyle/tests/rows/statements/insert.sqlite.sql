-- one_row_comes_back_whole
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;

-- the_application_makes_a_cuid2_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_given_key_is_kept
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- the_database_makes_defaults
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- the_database_numbers_and_computes
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- the_application_makes_uuids_and_times
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, secret, opens, level, weight;
INSERT INTO log_lines (message, at) VALUES (?1, ?2) RETURNING message, at;

-- a_nullable_column_with_a_default_has_three_states
INSERT INTO "order" ("key", type, "group") VALUES (?1, ?2, ?3) RETURNING "key", type, "group", "select";
INSERT INTO "order" ("key", type, "group", "select") VALUES (?1, ?2, ?3, ?4) RETURNING "key", type, "group", "select";

-- many_rows_come_back_in_their_order
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 256 rows RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 128 rows RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 64 rows RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 40 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- rows_that_leave_out_different_columns_go_together
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), (?5, ?6, ?7, ?8) RETURNING id, email, name, karma, born, created_at, updated_at;

-- many_rows_are_all_or_none
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 256 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 45 rows;
SELECT count(*) FROM authors;

-- run_says_how_many
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 37 rows;

-- a_table_without_key_takes_rows
INSERT INTO log_lines (message, at) VALUES (?1, ?2), … 3 rows RETURNING message, at;

-- a_missing_parent_is_a_typed_error
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;

-- rows_that_a_query_gives
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
INSERT INTO books (author_id, title, price) SELECT author_id, books.title || ?1, books.price * ?2 FROM books WHERE books.price > ?3 RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
INSERT INTO books (author_id, title, price) SELECT author_id, upper(books.title), price FROM books WHERE books.title = ?1;
SELECT count(*) FROM books;

-- a_row_with_rows_that_belong_to_it
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8), (?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT count(*) FROM authors;

-- many_rows_are_copied_as_they_are_made
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 256 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 128 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 64 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 52 rows;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 256 rows;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 128 rows;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 64 rows;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 52 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 24 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 28 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 48 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 4 rows;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY created_at;
SELECT EXISTS (SELECT 1 FROM authors WHERE authors.email = ?1 AND authors.born IS NOT NULL);

-- rows_that_are_copied_are_all_or_none
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 256 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 128 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 64 rows;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 16 rows;
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 256 rows;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors;
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4), … 20 rows;
SELECT count(*) FROM authors;

-- every_kind_of_column_is_copied
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
INSERT INTO books (author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.title = ?1;
INSERT INTO tokens (id, secret, opens, level, weight) VALUES (?1, ?2, ?3, ?4, ?5), … 50 rows;
SELECT count(*) FROM tokens WHERE tokens.weight = ?1;
