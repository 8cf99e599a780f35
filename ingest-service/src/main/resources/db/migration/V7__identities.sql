-- Which topic the committed offsets belong to: Kafka's id of it, which a topic of the same name that is made anew does not have.
-- null: not looked at yet.
alter table dataset add topic_id text;

-- Which storage root the paths belong to; the root has the same id in the file .tideline-storage.
create table storage (
    one boolean primary key default true check (one),
    id  text    not null
);
