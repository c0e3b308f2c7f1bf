-- a_page_begins_in_the_index_and_is_not_sorted
INSERT INTO public.authors (id, email, name, karma, born) VALUES ($1, $2, $3, $4, $5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
SELECT id, title, price FROM public.expensive_books ORDER BY id;

-- elements_and_paths_of_documents_use_indexes
SELECT id, title, price FROM public.expensive_books ORDER BY id;

-- a_list_uses_an_index
SELECT id, title, price FROM public.expensive_books ORDER BY id;
