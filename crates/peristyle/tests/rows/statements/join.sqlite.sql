-- a_parent_with_its_children
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM authors JOIN books ON books.author_id = authors.id ORDER BY books.title;

-- a_reference_is_followed_in_both_directions
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM authors JOIN books ON books.author_id = authors.id WHERE authors.id = ?1;
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM books JOIN authors ON books.author_id = authors.id WHERE authors.id = ?1;

-- a_left_join_gives_none_where_there_is_no_row
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM authors LEFT JOIN books ON books.author_id = authors.id ORDER BY authors.email;
SELECT count(*) FROM authors LEFT JOIN books ON books.author_id = authors.id WHERE books.id IS NULL;
SELECT EXISTS (SELECT 1 FROM authors LEFT JOIN books ON books.author_id = authors.id WHERE books.id IS NULL);

-- columns_of_a_left_join_are_nullable
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.email, upper(books.title), length(books.title) FROM authors LEFT JOIN books ON books.author_id = authors.id ORDER BY authors.email, books.title;

-- a_right_join_and_a_full_join
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM books RIGHT JOIN authors ON books.author_id = authors.id AND books.author_id <> ?1 WHERE books.title <> ?2;
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at FROM books RIGHT JOIN authors ON books.author_id = authors.id;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, memberships.author_id, memberships.club, memberships.since FROM authors FULL JOIN memberships ON memberships.author_id = authors.id;

-- the_same_table_twice
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.id, books.title, Editor.id FROM books JOIN authors ON books.author_id = authors.id JOIN authors AS Editor ON books.editor_id = Editor.id;

-- a_table_with_itself
INSERT INTO employees (name, boss_id) VALUES (?1, ?2) RETURNING id, name, boss_id;
SELECT employees.name, Boss.name FROM employees LEFT JOIN employees AS Boss ON employees.boss_id = Boss.id ORDER BY employees.name;

-- three_tables
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
INSERT INTO memberships (author_id, club, since) VALUES (?1, ?2, ?3);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, memberships.author_id, memberships.club, memberships.since FROM authors JOIN books ON books.author_id = authors.id LEFT JOIN memberships ON memberships.author_id = authors.id WHERE books.price > ?1 ORDER BY books.price;

-- conditions_on_two_tables_in_one
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT books.title FROM authors JOIN books ON books.author_id = authors.id WHERE (authors.name = ?1 OR substr(books.title, 1, length(?2)) = ?2) AND books.title <> authors.email ORDER BY books.title;

-- a_condition_of_one_table_in_a_query_of_two
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT count(*) FROM authors WHERE authors.name IS NOT NULL AND authors.karma >= ?1;
SELECT count(*) FROM authors JOIN books ON books.author_id = authors.id WHERE authors.name IS NOT NULL AND authors.karma >= ?1;

-- whole_rows_beside_columns
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.title, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM authors LEFT JOIN books ON books.author_id = authors.id ORDER BY authors.email DESC LIMIT 2;

-- a_view_is_joined
INSERT INTO authors (id, email, name, born) VALUES (?1, ?2, ?3, ?4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
SELECT books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length, expensive_books.id, expensive_books.title, expensive_books.price FROM books JOIN expensive_books ON expensive_books.id = books.id;
