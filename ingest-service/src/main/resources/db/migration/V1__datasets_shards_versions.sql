create table dataset (
    name             text primary key,
    split_by         text             not null check (split_by in ('TIME', 'KEY')),
    split_evaluation double precision not null check (split_evaluation >= 0 and split_evaluation < 1),
    partitions       integer          not null check (partitions > 0),
    declared_at      timestamptz      not null
);

create table dataset_schema (
    dataset     text        not null references dataset (name),
    version     integer     not null,
    fingerprint text        not null,
    schema      jsonb       not null,
    declared_at timestamptz not null,
    primary key (dataset, version)
);

-- How far each partition is committed. next_offset moves by compare-and-set in the transaction that inserts the shard;
-- Kafka's own group offsets only feed lag figures. flush_to asks the owner of the partition to commit up to there.
create table partition_progress (
    dataset     text    not null references dataset (name),
    partition   integer not null,
    next_offset bigint  not null default 0,
    flush_to    bigint  not null default 0,
    committed   bigint  not null default 0,
    rejected    bigint  not null default 0,
    primary key (dataset, partition)
);

-- One committed run of offsets of a partition.
create table shard (
    id             bigint generated always as identity primary key,
    dataset        text        not null,
    partition      integer     not null,
    first_offset   bigint      not null,
    last_offset    bigint      not null,
    schema_version integer     not null,
    rejected       bigint      not null,
    committed_at   timestamptz not null,
    foreign key (dataset, partition) references partition_progress (dataset, partition),
    foreign key (dataset, schema_version) references dataset_schema (dataset, version),
    unique (dataset, partition, first_offset),
    check (last_offset >= first_offset)
);

-- The files of a shard: one, or one per split when the split goes by key.
create table shard_file (
    id         bigint generated always as identity primary key,
    shard      bigint      not null references shard (id),
    path       text        not null unique,
    split      text        check (split in ('train', 'evaluation')),
    records    bigint      not null check (records > 0),
    bytes      bigint      not null,
    sha256     text        not null,
    min_time   timestamptz not null,
    max_time   timestamptz not null,
    time_step  integer     not null,
    times      bigint[]    not null,
    statistics jsonb       not null
);
create index shard_file_of_shard on shard_file (shard);

create table dataset_version (
    dataset        text        not null references dataset (name),
    version        bigint      not null,
    request_id     text        not null,
    window_rule    jsonb       not null,
    schema_version integer     not null,
    records        bigint      not null check (records > 0),
    content_hash   text        not null,
    manifest       text        not null,
    sealed_at      timestamptz not null,
    primary key (dataset, version),
    unique (dataset, request_id),
    foreign key (dataset, schema_version) references dataset_schema (dataset, version)
);

-- Which records of which files a version consists of.
create table dataset_version_slice (
    dataset    text    not null,
    version    bigint  not null,
    split      text    not null check (split in ('train', 'evaluation')),
    ordinal    integer not null,
    shard_file bigint  not null references shard_file (id),
    skip       bigint  not null check (skip >= 0),
    take       bigint  not null check (take > 0),
    primary key (dataset, version, split, ordinal),
    foreign key (dataset, version) references dataset_version (dataset, version)
);
create index dataset_version_slice_of_file on dataset_version_slice (shard_file);

-- Events that leave with the transaction of their change; the starter relays them.
create table outbox (
    id      bigint generated always as identity primary key,
    topic   text        not null,
    key     text        not null,
    headers text        not null,
    payload bytea       not null,
    created timestamptz not null default now()
);
