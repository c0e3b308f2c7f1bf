-- children_of_many_parents_in_one_statement
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($9, $10, $11, $12, $13, $14, $15, $16);
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 3 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 4 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 5 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 6 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 7 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 8 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 9 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 10 rows;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 11 rows;
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1) ORDER BY title DESC;

-- two_references_to_one_table_are_told_apart
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.editor_id = ANY ($1);

-- children_can_be_filtered
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($9, $10, $11, $12, $13, $14, $15, $16);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.price < $1 AND books.author_id = ANY ($2);

-- parents_of_many_children_in_one_statement
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8), … 3 rows RETURNING id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors WHERE authors.id = ANY ($1);

-- a_parent_asked_for_twice_has_its_children_twice
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.books (author_id, editor_id, title, price, details, isbn, published, cover) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
SELECT id, author_id, editor_id, title, price, genre, tags, details, isbn, published, cover, rating, in_print, title_length FROM public.books WHERE books.author_id = ANY ($1);

-- composite_references
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.memberships (author_id, club, since) VALUES ($1, $2, $3), ($4, $5, $6) RETURNING author_id, club, since;
INSERT INTO public.fees (author_id, club, amount) VALUES ($1, $2, $3), … 3 rows RETURNING id, author_id, club, amount;
SELECT id, author_id, club, amount FROM public.fees WHERE (fees.author_id, fees.club) IN (SELECT part.author_id, part.club FROM jsonb_array_elements($1) AS key (value) CROSS JOIN LATERAL jsonb_populate_record(NULL::public.fees, jsonb_build_object('author_id', key.value -> 0, 'club', key.value -> 1)) AS part);
SELECT author_id, club, since FROM public.memberships WHERE (memberships.author_id, memberships.club) IN (SELECT part.author_id, part.club FROM jsonb_array_elements($1) AS key (value) CROSS JOIN LATERAL jsonb_populate_record(NULL::public.memberships, jsonb_build_object('author_id', key.value -> 0, 'club', key.value -> 1)) AS part);

-- references_to_the_same_table
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2) RETURNING id, name, boss_id;
INSERT INTO public.employees (name, boss_id) VALUES ($1, $2), ($3, $4) RETURNING id, name, boss_id;
SELECT id, name, boss_id FROM public.employees WHERE employees.boss_id = ANY ($1);
SELECT id, name, boss_id FROM public.employees WHERE employees.id = ANY ($1);
