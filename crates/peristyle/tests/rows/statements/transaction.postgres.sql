-- what_is_committed_stays
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, email, name, karma, born, created_at, updated_at FROM public.authors;

-- an_error_undoes_everything
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;

-- an_error_of_the_application_undoes_too
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;

-- a_guard_rolls_back_when_it_is_dropped
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4);
SELECT count(*) FROM public.authors;
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_savepoint_undoes_its_own_part
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;
SELECT name FROM public.authors ORDER BY name NULLS FIRST;

-- a_committed_savepoint_goes_with_its_transaction
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;

-- a_panic_undoes_and_leaves_the_connection_usable
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT count(*) FROM public.authors;

-- many_rows_inside_a_transaction_take_a_savepoint
INSERT INTO public.authors (id, email, name, born) VALUES ($1, $2, $3, $4) RETURNING id, email, name, karma, born, created_at, updated_at;
INSERT INTO public.authors (id, email, name, born) SELECT * FROM unnest($1, $2, $3, $4);
SELECT count(*) FROM public.authors;
