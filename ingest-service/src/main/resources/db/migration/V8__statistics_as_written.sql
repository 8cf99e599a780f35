-- A record's text may have the character U+0000, and so may the values that its file's statistics name. jsonb has no such character:
-- the commit of such a file failed again and again. Nobody asks the database about what is inside.
alter table shard_file alter column statistics type json using statistics::json;
