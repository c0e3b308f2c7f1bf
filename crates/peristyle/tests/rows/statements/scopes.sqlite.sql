-- they_apply_to_every_query
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10), … 4 rows;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1 AND books.rating > ?2;
SELECT count(*) FROM books WHERE books.in_print = ?1 AND books.rating > ?2;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books WHERE books.title = ?1;
SELECT EXISTS (SELECT 1 FROM books WHERE books.id = ?1 AND books.in_print = ?2 AND books.rating > ?3);
SELECT id, author_id, title, in_print, rating FROM books WHERE books.author_id = ?1 AND books.in_print = ?2 AND books.rating > ?3 ORDER BY id LIMIT 11;

-- they_are_lifted_by_name
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10), … 4 rows;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1;
SELECT id, author_id, title, in_print, rating FROM books WHERE books.rating > ?1;
SELECT count(*) FROM books;

-- a_join_meets_no_row_that_is_hidden
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10), … 4 rows;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT count(*) FROM authors JOIN books ON books.author_id = authors.id WHERE books.in_print = ?1 AND books.rating > ?2;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.title, books.in_print, books.rating FROM authors LEFT JOIN books ON books.author_id = authors.id AND books.in_print = ?1 AND books.rating > ?2 ORDER BY authors.email;
SELECT books.id, books.author_id, books.title, books.in_print, books.rating, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM books RIGHT JOIN authors ON books.author_id = authors.id AND books.in_print = ?1 AND books.rating > ?2 ORDER BY authors.email;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.title, books.in_print, books.rating FROM authors FULL JOIN books ON books.author_id = authors.id AND books.title <> ?1 AND books.in_print = ?2 AND books.rating > ?3 WHERE (books.id IS NULL OR books.in_print = ?4) AND (books.id IS NULL OR books.rating > ?5);
SELECT count(*) FROM authors JOIN books ON books.author_id = authors.id WHERE books.in_print = ?1;

-- the_same_table_under_another_name_hides_the_same
INSERT INTO employees (name, boss_id) VALUES (?1, ?2) RETURNING id, name, boss_id;
INSERT INTO employees (name, boss_id) VALUES (?1, ?2);
SELECT employees.name, Boss.name FROM employees LEFT JOIN employees AS Boss ON employees.boss_id = Boss.id AND Boss.name NOT LIKE ?1 ESCAPE '\' WHERE employees.name NOT LIKE ?2 ESCAPE '\';
SELECT employees.name, Boss.name FROM employees LEFT JOIN employees AS Boss ON employees.boss_id = Boss.id WHERE employees.name NOT LIKE ?1 ESCAPE '\';

-- relations_give_no_row_that_is_hidden
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10), … 4 rows;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT id, email, name, karma, born, created_at, updated_at FROM authors WHERE authors.id = ?1;
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1 AND books.rating > ?2 AND books.author_id IN (SELECT id FROM authors WHERE authors.id = ?3);
SELECT id, author_id, title, in_print, rating FROM books WHERE books.rating > ?1 AND books.author_id IN (SELECT id FROM authors WHERE authors.id = ?2);
SELECT id, email, name, karma, born, created_at, updated_at FROM authors;
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1 AND books.rating > ?2 AND books.author_id IN (SELECT value FROM json_each(?3));
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1 AND books.author_id IN (SELECT value FROM json_each(?2));
SELECT (SELECT count(*) FROM books WHERE books.author_id = authors.id AND books.in_print = ?1 AND books.rating > ?2) FROM authors;
SELECT count(*) FROM authors WHERE EXISTS (SELECT 1 FROM books WHERE books.author_id = authors.id AND books.in_print = ?1 AND books.rating > ?2);

-- writing_reaches_what_is_hidden
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover, rating, in_print) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10), … 4 rows;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
UPDATE books SET in_print = ?1 WHERE books.title = ?2;
SELECT id, author_id, title, in_print, rating FROM books WHERE books.in_print = ?1 AND books.rating > ?2;
DELETE FROM books;
