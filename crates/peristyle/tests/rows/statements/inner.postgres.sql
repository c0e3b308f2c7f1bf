-- one_of_the_values_of_a_query
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT email FROM public.authors WHERE authors.id IN (SELECT author_id FROM public.books WHERE books.price > $1) ORDER BY email;
SELECT email FROM public.authors WHERE authors.id NOT IN (SELECT author_id FROM public.books WHERE books.price > $1) ORDER BY email;

-- values_before_and_behind_an_inner_query_stay_in_order
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT email FROM public.authors WHERE authors.karma = $1 AND authors.id IN (SELECT author_id FROM public.books WHERE books.price > $2) AND authors.name <> $3 AND starts_with(authors.email, $4::text) ORDER BY email;

-- a_correlated_query
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT email FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) ORDER BY email;
SELECT email FROM public.authors WHERE NOT EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) ORDER BY email;
SELECT email FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id AND books.price > $1) ORDER BY email;

-- the_value_of_a_query
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT email, (SELECT count(*) FROM public.books WHERE books.author_id = authors.id) FROM public.authors ORDER BY email;
SELECT title FROM public.books WHERE books.price = (SELECT max(books.price) FROM public.books);

-- deletions_and_updates_with_inner_queries
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
UPDATE public.authors SET karma = authors.karma + $1, updated_at = $2 WHERE authors.id IN (SELECT author_id FROM public.books);
DELETE FROM public.authors WHERE authors.id NOT IN (SELECT author_id FROM public.books);
SELECT count(*) FROM public.authors WHERE authors.karma = $1;

-- rows_of_both
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT karma FROM public.authors WHERE authors.karma < $1 UNION SELECT karma FROM public.authors WHERE authors.karma = ANY ($2) ORDER BY 1 NULLS FIRST;
SELECT count(*) FROM (SELECT karma FROM public.authors WHERE authors.karma < $1 UNION ALL SELECT karma FROM public.authors WHERE authors.karma = ANY ($2)) AS counted;
SELECT karma FROM public.authors WHERE authors.karma < $1 INTERSECT SELECT karma FROM public.authors WHERE authors.karma = ANY ($2) ORDER BY 1 DESC NULLS LAST;
SELECT karma FROM public.authors WHERE authors.karma < $1 EXCEPT SELECT karma FROM public.authors WHERE authors.karma = ANY ($2);
SELECT karma FROM public.authors WHERE authors.karma < $1 UNION SELECT karma FROM public.authors WHERE authors.karma = ANY ($2) ORDER BY 1 NULLS FIRST LIMIT 2 OFFSET 1;
SELECT EXISTS (SELECT karma FROM public.authors WHERE authors.karma < $1 UNION SELECT karma FROM public.authors WHERE authors.karma = ANY ($2));

-- what_is_put_together_is_read_from_the_left
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT * FROM (SELECT karma FROM public.authors WHERE authors.karma = ANY ($1) UNION SELECT karma FROM public.authors WHERE authors.karma = ANY ($2)) AS operand INTERSECT SELECT karma FROM public.authors WHERE authors.karma = ANY ($3) ORDER BY 1 NULLS FIRST;
SELECT * FROM (SELECT karma FROM public.authors WHERE authors.karma = ANY ($1) ORDER BY karma DESC LIMIT 1) AS operand UNION SELECT karma FROM public.authors WHERE authors.karma = ANY ($2) ORDER BY 1 NULLS FIRST;
SELECT karma FROM public.authors WHERE authors.karma = ANY ($1) EXCEPT SELECT karma FROM public.authors WHERE authors.karma = ANY ($2) EXCEPT SELECT karma FROM public.authors WHERE authors.karma = ANY ($3);

-- a_union_is_sorted_by_what_it_gives
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_query_under_a_name
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
WITH total (author_id, books) AS (SELECT author_id, count(*) FROM public.books WHERE books.price > $1 GROUP BY books.author_id) SELECT author_id, books FROM total WHERE total.books > $2;
WITH total (author_id, books) AS (SELECT author_id, count(*) FROM public.books WHERE books.price > $1 GROUP BY books.author_id) SELECT authors.name, total.books FROM public.authors LEFT JOIN total ON total.author_id = authors.id WHERE authors.karma = $2 ORDER BY authors.email;

-- a_query_that_reads_itself
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2) RETURNING id, name, boss_id;
WITH RECURSIVE level (employee_id, depth) AS (SELECT id, $1::bigint FROM public.employees WHERE employees.boss_id IS NULL UNION ALL SELECT employees.id, level.depth + $2 FROM public.employees JOIN level ON employees.boss_id = level.employee_id) SELECT employee_id, depth FROM level ORDER BY depth NULLS FIRST;

-- distinct_rows
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT DISTINCT author_id FROM public.books;

-- the_first_of_each
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT DISTINCT ON (authors.email) authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors JOIN public.books ON books.author_id = authors.id WHERE books.price < $1 ORDER BY authors.email, books.price DESC;
SELECT count(*) FROM (SELECT DISTINCT ON (books.author_id) id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books) AS counted;
SELECT DISTINCT ON (books.author_id) id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books ORDER BY author_id LIMIT 1;

-- rows_are_locked
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1 FOR UPDATE;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors LIMIT 1 FOR UPDATE SKIP LOCKED;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors FOR SHARE NOWAIT;
SELECT count(*) FROM public.authors;
SELECT EXISTS (SELECT 1 FROM public.authors LIMIT 1);

-- how_a_query_is_run
EXPLAIN SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.email = $1;

-- sql_by_hand
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT title, title_length FROM books WHERE price > $1 ORDER BY title;
SELECT * FROM books WHERE author_id = $1 ORDER BY id;
SELECT name FROM authors WHERE email = $1;
SELECT count(*) FROM books;
UPDATE authors SET karma = $1 + karma WHERE id = $2;
SELECT '{}';

-- sql_by_hand_inside_of_a_query
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT title, (title_length * 2) FROM public.books WHERE books.price > $1 AND (title_length BETWEEN $2 AND $3) AND books.title <> $4 ORDER BY title;

-- rows_are_left_out_behind_an_inner_query_too
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, tags, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) LIMIT 9223372036854775807 OFFSET 1;
SELECT count(*) FROM (SELECT 1 FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) LIMIT 9223372036854775807 OFFSET 2) AS counted;
SELECT EXISTS (SELECT 1 FROM public.authors WHERE EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) LIMIT 9223372036854775807 OFFSET 2);
SELECT title FROM public.books WHERE (books.tags IS NOT NULL AND books.tags @> $1) ORDER BY id LIMIT 5 OFFSET 1;
SELECT count(*) FROM (SELECT 1 FROM public.books WHERE (books.tags IS NOT NULL AND books.tags @> $1) LIMIT 9223372036854775807 OFFSET 2) AS counted;
SELECT authors.id, authors.email, authors.name, authors.karma, authors.born, authors.created_at, authors.updated_at, books.id, books.author_id, books.editor_id, books.title, books.price, books.genre, books.tags, books.details, books.isbn, books.published, books.cover, books.rating, books.in_print, books.title_length FROM public.authors JOIN public.books ON books.author_id = authors.id AND EXISTS (SELECT 1 FROM public.books WHERE books.author_id = authors.id) LIMIT 9223372036854775807 OFFSET 1;
