-- text
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT upper(authors.name), lower(authors.name), length(authors.name)::bigint, (authors.name || $1), replace(authors.name, $2, $3) FROM public.authors WHERE authors.id = $4;
SELECT substr(authors.email, $1, $2), btrim($3::text) FROM public.authors;

-- functions_of_functions_in_filters
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT EXISTS (SELECT 1 FROM public.authors WHERE lower(authors.name) = $1);
SELECT EXISTS (SELECT 1 FROM public.authors WHERE (lower(authors.name) || $1) = $2);
SELECT EXISTS (SELECT 1 FROM public.authors WHERE length(authors.email)::bigint > length(authors.name)::bigint);
SELECT EXISTS (SELECT 1 FROM public.authors WHERE btrim(upper(authors.name)) IS NULL);

-- numbers
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT abs(books.rating), round((books.rating)::numeric)::double precision, books.rating * $1 + $2, books.price - $3, books.title_length % $4 FROM public.books;
SELECT -books.rating FROM public.books;

-- columns_of_two_tables_are_reckoned_with_each_other
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT (authors.karma + books.title_length) * $1 FROM public.authors JOIN public.books ON books.author_id = authors.id;

-- alternatives_to_null
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT coalesce(authors.name, $1), coalesce(authors.name, authors.name), nullif(authors.karma, $2) FROM public.authors;

-- cases
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT CASE WHEN authors.karma > $1 THEN $2 WHEN authors.karma > $3 THEN $4 ELSE $5 END::text FROM public.authors WHERE authors.karma = ANY ($6) ORDER BY karma;
SELECT CASE WHEN authors.karma > $1 THEN $2 END::bigint FROM public.authors WHERE authors.karma = ANY ($3) ORDER BY karma;

-- casts
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, rating) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
SELECT books.title::bigint, books.title_length::text, books.title_length::double precision, books.isbn::text FROM public.books;

-- dates
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET born = $1, updated_at = $2 WHERE authors.id = $3;
SELECT extract(year FROM authors.born)::bigint, extract(month FROM authors.born)::bigint, extract(day FROM authors.born)::bigint, extract(dow FROM authors.born)::bigint, CAST(authors.born AS date) FROM public.authors;
SELECT CAST(((authors.created_at) AT TIME ZONE 'UTC') AS date) FROM public.authors;
SELECT EXISTS (SELECT 1 FROM public.authors WHERE authors.created_at <= now());
SELECT count(*) FROM public.authors WHERE extract(year FROM ((authors.created_at) AT TIME ZONE 'UTC'))::bigint < $1;

-- the_larger_and_the_smaller
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
UPDATE public.authors SET karma = $1, updated_at = $2 WHERE authors.id = $3;
SELECT greatest(authors.karma, $1), least(authors.karma, $2) FROM public.authors;

-- values_and_conditions_as_columns
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT $1::bigint, $2::text, authors.born > $3, (authors.name = $4) IS TRUE FROM public.authors;

-- sorted_by_expressions
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT name, karma FROM public.authors WHERE authors.karma < $1 ORDER BY name NULLS LAST, authors.karma * $2 NULLS FIRST;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors ORDER BY name DESC NULLS FIRST LIMIT 1;

-- a_column_that_is_true_is_a_condition
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover, in_print) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT count(*) FROM public.books WHERE books.in_print;
SELECT count(*) FROM public.authors JOIN public.books ON books.author_id = authors.id WHERE books.in_print;

-- what_may_be_null_is_an_option
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5);
SELECT coalesce(authors.name, authors.name) FROM public.authors ORDER BY email;
SELECT coalesce(coalesce(authors.name, authors.name), authors.email) FROM public.authors ORDER BY email;
SELECT (authors.email || authors.name), replace(authors.email, $1, authors.name) FROM public.authors ORDER BY email;
SELECT authors.karma + length(authors.name)::bigint FROM public.authors ORDER BY email;
SELECT coalesce(authors.karma, $1) + length(authors.name)::bigint FROM public.authors ORDER BY email;
SELECT CASE WHEN (authors.email) IS NULL OR (authors.name) IS NULL THEN NULL ELSE greatest(authors.email, authors.name) END, CASE WHEN (authors.name) IS NULL THEN NULL ELSE least(authors.name, $1) END FROM public.authors ORDER BY email;
SELECT CASE WHEN authors.karma > $1 THEN authors.email ELSE authors.name END::text, CASE WHEN authors.karma < $2 THEN authors.name ELSE $3 END::text FROM public.authors ORDER BY email;
