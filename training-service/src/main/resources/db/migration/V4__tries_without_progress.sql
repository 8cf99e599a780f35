-- attempt only ever rises: it tells the processes, folders and gangs of one job apart. What a job may fail by is counted on its own.
ALTER TABLE job ADD COLUMN fruitless int NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN reached_step bigint NOT NULL DEFAULT 0;
UPDATE job SET fruitless = attempt;
