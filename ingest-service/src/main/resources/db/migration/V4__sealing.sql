-- What asked for a version, and how many records the dataset had when it was planned: "every N records" counts from there.
alter table dataset_version add trigger text not null default 'REQUEST'
    check (trigger in ('REQUEST', 'COUNT', 'SCHEDULE', 'TRAINING'));
alter table dataset_version add committed bigint not null default 0;
update dataset_version v set committed = (
    select coalesce(sum(committed), 0) from partition_progress p where p.dataset = v.dataset);

-- Rules by which a dataset is sealed without being asked, and what became of them last. An instance that acts on a rule holds
-- its lease; the request id of the version that follows keeps two of them apart even when a lease runs out too early.
create table dataset_sealing (
    dataset     text primary key references dataset (name),
    rule        jsonb       not null,
    changed_at  timestamptz not null,
    next_due    timestamptz,
    lease_until timestamptz,
    decision    jsonb
);
