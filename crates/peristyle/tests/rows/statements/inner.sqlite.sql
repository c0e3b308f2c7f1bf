-- one_of_the_values_of_a_query
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT email FROM authors WHERE authors.id IN (SELECT author_id FROM books WHERE books.price > ?1) ORDER BY email;
SELECT email FROM authors WHERE authors.id NOT IN (SELECT author_id FROM books WHERE books.price > ?1) ORDER BY email;

-- values_before_and_behind_an_inner_query_stay_in_order
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT email FROM authors WHERE authors.karma = ?1 AND authors.id IN (SELECT author_id FROM books WHERE books.price > ?2) AND authors.name <> ?3 AND substr(authors.email, 1, length(?4)) = ?4 ORDER BY email;

-- a_correlated_query
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT email FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) ORDER BY email;
SELECT email FROM authors WHERE NOT EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) ORDER BY email;
SELECT email FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id AND books.price > ?1) ORDER BY email;

-- the_value_of_a_query
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT email, (SELECT count(*) FROM books WHERE books.author_id = authors.id) FROM authors ORDER BY email;
SELECT title FROM books WHERE books.price = (SELECT max(books.price) FROM books);

-- deletions_and_updates_with_inner_queries
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
UPDATE authors SET karma = authors.karma + ?1, updated_at = ?2 WHERE authors.id IN (SELECT author_id FROM books);
DELETE FROM authors WHERE authors.id NOT IN (SELECT author_id FROM books);
SELECT count(*) FROM authors WHERE authors.karma = ?1;

-- rows_of_both
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT karma FROM authors WHERE authors.karma < ?1 UNION SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)) ORDER BY 1;
SELECT count(*) FROM (SELECT karma FROM authors WHERE authors.karma < ?1 UNION ALL SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2))) AS counted;
SELECT karma FROM authors WHERE authors.karma < ?1 INTERSECT SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)) ORDER BY 1 DESC;
SELECT karma FROM authors WHERE authors.karma < ?1 EXCEPT SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2));
SELECT karma FROM authors WHERE authors.karma < ?1 UNION SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)) ORDER BY 1 LIMIT 2 OFFSET 1;
SELECT EXISTS (SELECT karma FROM authors WHERE authors.karma < ?1 UNION SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)));

-- what_is_put_together_is_read_from_the_left
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT * FROM (SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) UNION SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2))) AS operand INTERSECT SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?3)) ORDER BY 1;
SELECT * FROM (SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) ORDER BY karma DESC LIMIT 1) AS operand UNION SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)) ORDER BY 1;
SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?1)) EXCEPT SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?2)) EXCEPT SELECT karma FROM authors WHERE authors.karma IN (SELECT value FROM json_each(?3));

-- a_union_is_sorted_by_what_it_gives
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_query_under_a_name
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
WITH total (author_id, books) AS (SELECT author_id, count(*) FROM books WHERE books.price > ?1 GROUP BY books.author_id) SELECT author_id, books FROM total WHERE total.books > ?2;
WITH total (author_id, books) AS (SELECT author_id, count(*) FROM books WHERE books.price > ?1 GROUP BY books.author_id) SELECT authors.name, total.books FROM authors LEFT JOIN total ON total.author_id = authors.id WHERE authors.karma = ?2 ORDER BY authors.email;

-- a_query_that_reads_itself
INSERT INTO employees (name, boss_id) VALUES (?1, ?2) RETURNING id, name, boss_id;
WITH RECURSIVE level (employee_id, depth) AS (SELECT id, CAST(?1 AS INTEGER) FROM employees WHERE employees.boss_id IS NULL UNION ALL SELECT employees.id, level.depth + ?2 FROM employees JOIN level ON employees.boss_id = level.employee_id) SELECT employee_id, depth FROM level ORDER BY depth;

-- distinct_rows
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT DISTINCT author_id FROM books;

-- the_first_of_each
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21 FROM (SELECT authors.id AS c1, authors.email AS c2, authors.name AS c3, authors.karma AS c4, authors.born AS c5, authors.created_at AS c6, authors.updated_at AS c7, books.id AS c8, books.author_id AS c9, books.editor_id AS c10, books.title AS c11, books.price AS c12, books.genre AS c13, books.tags AS c14, books.details AS c15, books.isbn AS c16, books.published AS c17, books.cover AS c18, books.rating AS c19, books.in_print AS c20, books.title_length AS c21, row_number() OVER (PARTITION BY authors.email ORDER BY authors.email, books.price DESC) AS nth, row_number() OVER (ORDER BY authors.email, books.price DESC) AS place FROM authors JOIN books ON books.author_id = authors.id WHERE books.price < ?1) AS firsts WHERE nth <= 1 ORDER BY place;
SELECT count(*) FROM (SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM (SELECT id AS c1, author_id AS c2, editor_id AS c3, title AS c4, price AS c5, genre AS c6, tags AS c7, details AS c8, isbn AS c9, published AS c10, cover AS c11, rating AS c12, in_print AS c13, title_length AS c14, row_number() OVER (PARTITION BY books.author_id ) AS nth, row_number() OVER () AS place FROM books) AS firsts WHERE nth <= 1 ORDER BY place) AS counted;
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM (SELECT id AS c1, author_id AS c2, editor_id AS c3, title AS c4, price AS c5, genre AS c6, tags AS c7, details AS c8, isbn AS c9, published AS c10, cover AS c11, rating AS c12, in_print AS c13, title_length AS c14, row_number() OVER (PARTITION BY books.author_id ORDER BY author_id) AS nth, row_number() OVER (ORDER BY author_id) AS place FROM books) AS firsts WHERE nth <= 1 ORDER BY place LIMIT 1;

-- rows_are_locked
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors LIMIT 1;
SELECT id, email, name, karma, born, created_at, updated_at FROM authors;
SELECT count(*) FROM authors;
SELECT EXISTS (SELECT 1 FROM authors LIMIT 1);

-- how_a_query_is_run
EXPLAIN QUERY PLAN SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.email = ?1;

-- sql_by_hand
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT title, title_length FROM books WHERE price > ?1 ORDER BY title;
SELECT * FROM books WHERE author_id = ?1 ORDER BY id;
SELECT name FROM authors WHERE email = ?1;
SELECT count(*) FROM books;
UPDATE authors SET karma = ?1 + karma WHERE id = ?2;
SELECT '{}';

-- sql_by_hand_inside_of_a_query
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT title, (title_length * 2) FROM books WHERE books.price > ?1 AND (title_length BETWEEN ?2 AND ?3) AND books.title <> ?4 ORDER BY title;

-- rows_are_left_out_behind_an_inner_query_too
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, tags, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) IS TRUE LIMIT 9223372036854775807 OFFSET 1;
SELECT count(*) FROM (SELECT 1 FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) IS TRUE LIMIT 9223372036854775807 OFFSET 2) AS counted;
SELECT EXISTS (SELECT 1 FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) IS TRUE LIMIT 9223372036854775807 OFFSET 2);
SELECT title FROM books WHERE EXISTS (SELECT 1 FROM json_each(books.tags) AS element WHERE element.value = ?1) IS TRUE ORDER BY id LIMIT 5 OFFSET 1;
SELECT count(*) FROM (SELECT 1 FROM books WHERE EXISTS (SELECT 1 FROM json_each(books.tags) AS element WHERE element.value = ?1) IS TRUE LIMIT 9223372036854775807 OFFSET 2) AS counted;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM authors JOIN books ON books.author_id = authors.id AND EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id) IS TRUE LIMIT 9223372036854775807 OFFSET 1;
