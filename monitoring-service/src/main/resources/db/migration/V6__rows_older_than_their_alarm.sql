-- Rows that went back to the dataset after an error alarm and whose predictions were made before it.
ALTER TABLE label_count ADD COLUMN older bigint NOT NULL DEFAULT 0;
