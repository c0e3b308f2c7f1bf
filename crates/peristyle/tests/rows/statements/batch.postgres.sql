-- each_statement_gives_its_result
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT title FROM public.books;
SELECT count(*) FROM public.authors;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.email = $1;
SELECT EXISTS (SELECT 1 FROM public.authors WHERE authors.name = $1);

-- any_number_of_them_is_a_list
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;

-- what_is_written_is_seen_by_those_behind_it
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = authors.karma + $1, updated_at = $2;
DELETE FROM public.authors WHERE authors.id = $1;
SELECT email, karma FROM public.authors;

-- one_that_fails_undoes_all
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;
DELETE FROM public.authors WHERE authors.id = $1;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;

-- a_failure_while_reading_leaves_the_connection_as_it_was
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;

-- what_is_more_than_one_statement_runs_in_its_turn
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.email = $1;
INSERT INTO public.authors (id, email, name, born) SELECT * FROM unnest($1, $2, $3, $4);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = $1;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY email, id LIMIT 3;

-- inside_a_transaction_it_is_undone_by_itself
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;
