-- 0001_create_accounts
DROP TABLE sessions;
DROP TABLE users;
