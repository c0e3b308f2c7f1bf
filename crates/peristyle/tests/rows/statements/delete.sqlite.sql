-- by_key
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
DELETE FROM authors WHERE authors.id = ?1;

-- the_row_comes_back_as_it_was
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
DELETE FROM authors WHERE authors.id = ?1 RETURNING id, email, name, karma, born, created_at, updated_at;

-- by_filter
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
DELETE FROM authors WHERE authors.name IS NULL;
DELETE FROM authors WHERE authors.karma < ?1 RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;
DELETE FROM authors;

-- one_of_several_deletes_none
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
DELETE FROM authors RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM authors;

-- children_go_or_lose_their_parent
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
DELETE FROM authors WHERE authors.id = ?1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM books;

-- a_referenced_row_is_kept
INSERT INTO employees (name, boss_id) VALUES (?1, ?2) RETURNING id, name, boss_id;
INSERT INTO employees (name, boss_id) VALUES (?1, ?2);
DELETE FROM employees WHERE employees.id = ?1;
