-- aggregates_of_all_rows
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT count(*), count(DISTINCT books.genre), max(books.price), min(books.price), sum(books.price), avg(books.rating)::double precision FROM public.books;

-- aggregates_of_no_rows
SELECT count(*), count(authors.name), sum(authors.karma)::bigint, avg(authors.karma)::double precision, max(authors.name) FROM public.authors;

-- groups_and_which_of_them
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT authors.name, count(books.id) FROM public.authors LEFT JOIN public.books ON books.author_id = authors.id GROUP BY authors.name ORDER BY authors.name NULLS FIRST;
SELECT count(*) FROM public.books GROUP BY books.author_id HAVING count(*) > $1;

-- groups_are_counted_as_the_rows_that_they_are
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT count(*) FROM (SELECT author_id FROM public.books GROUP BY books.author_id) AS counted;
SELECT EXISTS (SELECT author_id FROM public.books GROUP BY books.author_id);
SELECT count(*) FROM (SELECT DISTINCT genre FROM public.books) AS counted;

-- an_aggregate_of_some_rows
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT count(*) FILTER (WHERE books.genre = $1), sum(books.rating) FILTER (WHERE books.price > $2)::double precision FROM public.books;

-- sorted_by_an_aggregate
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT genre, sum(books.price) FROM public.books GROUP BY books.genre ORDER BY sum(books.price) DESC NULLS LAST;

-- texts_one_behind_the_other
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT string_agg(books.title, $1) FROM public.books;

-- a_struct_of_ones_own
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT genre, count(*), max(books.price) FROM public.books GROUP BY books.genre ORDER BY count(*) DESC NULLS LAST;

-- numbers_in_windows
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT karma, row_number() OVER (ORDER BY authors.karma DESC NULLS LAST), rank() OVER (ORDER BY authors.name IS NULL NULLS FIRST), dense_rank() OVER (ORDER BY authors.name IS NULL NULLS FIRST) FROM public.authors WHERE authors.karma < $1 ORDER BY karma;

-- sums_over_partitions
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, genre, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT title, sum(books.rating) OVER (PARTITION BY books.author_id)::double precision, sum(books.rating) OVER (ORDER BY books.title NULLS FIRST)::double precision FROM public.books ORDER BY title;

-- neighbours_in_a_window
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT karma, lag(authors.karma, $1) OVER (ORDER BY authors.karma NULLS FIRST), lead(authors.karma, $2) OVER (ORDER BY authors.karma NULLS FIRST), first_value(authors.karma) OVER (ORDER BY authors.karma NULLS FIRST) FROM public.authors WHERE authors.karma < $3 ORDER BY karma;

-- groups_by_an_expression
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT (authors.name IS NULL) IS TRUE, count(*) FROM public.authors GROUP BY (authors.name IS NULL) IS TRUE ORDER BY (authors.name IS NULL) IS TRUE NULLS FIRST;
SELECT sum(CASE WHEN authors.name IS NULL THEN $1 ELSE $2 END::bigint)::bigint FROM public.authors;
