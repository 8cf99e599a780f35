-- Who uses a version. Retention leaves a version alone while any of its pins holds; null holds until it is taken away.
create table dataset_version_pin (
    dataset    text        not null,
    version    bigint      not null,
    owner      text        not null,
    reason     text        not null,
    pinned_at  timestamptz not null,
    expires_at timestamptz,
    primary key (dataset, version, owner),
    foreign key (dataset, version) references dataset_version (dataset, version)
);
create index dataset_version_pin_of_owner on dataset_version_pin (owner);

-- The newest event of each model that pins were derived from: an older one that comes again changes nothing.
create table model_use (
    model text primary key,
    at    timestamptz not null
);
