-- text
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT upper(authors.name), lower(authors.name), length(authors.name), authors.name || ?1, replace(authors.name, ?2, ?3) FROM authors WHERE authors.id = ?4;
SELECT substr(authors.email, ?1, ?2), trim(CAST(?3 AS TEXT)) FROM authors;

-- functions_of_functions_in_filters
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT EXISTS (SELECT 1 FROM authors WHERE lower(authors.name) = ?1);
SELECT EXISTS (SELECT 1 FROM authors WHERE lower(authors.name) || ?1 = ?2);
SELECT EXISTS (SELECT 1 FROM authors WHERE length(authors.email) > length(authors.name));
SELECT EXISTS (SELECT 1 FROM authors WHERE trim(upper(authors.name)) IS NULL);

-- numbers
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
SELECT abs(books.rating), round(books.rating), books.rating * ?1 + ?2, books.price - ?3, books.title_length % ?4 FROM books;
SELECT -books.rating FROM books;

-- columns_of_two_tables_are_reckoned_with_each_other
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE authors SET karma = ?1, updated_at = ?2 WHERE authors.id = ?3;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT (authors.karma + books.title_length) * ?1 FROM authors JOIN books ON books.author_id = authors.id;

-- alternatives_to_null
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
SELECT coalesce(authors.name, ?1), coalesce(authors.name, authors.name), nullif(authors.karma, ?2) FROM authors;

-- cases
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT CAST(CASE WHEN authors.karma > ?1 THEN ?2 WHEN authors.karma > ?3 THEN ?4 ELSE ?5 END AS TEXT) FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?6)) ORDER BY karma;
SELECT CAST(CASE WHEN authors.karma > ?1 THEN ?2 END AS INTEGER) FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?3)) ORDER BY karma;

-- casts
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
SELECT CAST(books.title AS INTEGER), CAST(books.title_length AS TEXT), CAST(books.title_length AS REAL), CAST(books.isbn AS TEXT) FROM books;

-- dates
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE authors SET born = ?1, updated_at = ?2 WHERE authors.id = ?3;
SELECT CAST(strftime('%Y', authors.born) AS INTEGER), CAST(strftime('%m', authors.born) AS INTEGER), CAST(strftime('%d', authors.born) AS INTEGER), CAST(strftime('%w', authors.born) AS INTEGER), date(authors.born) FROM authors;
SELECT date(authors.created_at) FROM authors;
SELECT EXISTS (SELECT 1 FROM authors WHERE authors.created_at <= strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'));
SELECT count(*) FROM authors WHERE CAST(strftime('%Y', authors.created_at) AS INTEGER) < ?1;

-- the_larger_and_the_smaller
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE authors SET karma = ?1, updated_at = ?2 WHERE authors.id = ?3;
SELECT max(authors.karma, ?1), min(authors.karma, ?2) FROM authors;

-- values_and_conditions_as_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT CAST(?1 AS INTEGER), CAST(?2 AS TEXT), authors.born > ?3, (authors.name = ?4) IS TRUE FROM authors;

-- sorted_by_expressions
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT name, karma FROM authors WHERE authors.karma < ?1 ORDER BY name NULLS LAST, authors.karma * ?2;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors ORDER BY name DESC NULLS FIRST LIMIT 1;

-- a_column_that_is_true_is_a_condition
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT count(*) FROM books WHERE books.in_print;
SELECT count(*) FROM authors JOIN books ON books.author_id = authors.id WHERE books.in_print;

-- what_may_be_null_is_an_option
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4);
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5);
SELECT coalesce(authors.name, authors.name) FROM authors ORDER BY email;
SELECT coalesce(coalesce(authors.name, authors.name), authors.email) FROM authors ORDER BY email;
SELECT authors.email || authors.name, replace(authors.email, ?1, authors.name) FROM authors ORDER BY email;
SELECT authors.karma + length(authors.name) FROM authors ORDER BY email;
SELECT coalesce(authors.karma, ?1) + length(authors.name) FROM authors ORDER BY email;
SELECT max(authors.email, authors.name), min(authors.name, ?1) FROM authors ORDER BY email;
SELECT CAST(CASE WHEN authors.karma > ?1 THEN authors.email ELSE authors.name END AS TEXT), CAST(CASE WHEN authors.karma < ?2 THEN authors.name ELSE ?3 END AS TEXT) FROM authors ORDER BY email;
