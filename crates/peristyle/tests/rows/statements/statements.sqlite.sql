-- a_page_begins_in_the_index_and_is_not_sorted
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;

-- a_page_is_bounded_by_its_first_column
INSERT INTO authors (id, email, name, karma, born) VALUES (?1, ?2, ?3, ?4, ?5), … 12 rows RETURNING id, email, name, karma, born, created_at, updated_at;
