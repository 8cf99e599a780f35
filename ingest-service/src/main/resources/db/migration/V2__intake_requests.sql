-- Requests that came with an Idempotency-Key. OPEN: an attempt is under way, and a newer one may take over. COMMITTING: the
-- attempt's Kafka transaction decides. DONE: the records are on the topic, once.
create table intake_request (
    dataset     text        not null references dataset (name),
    key         text        not null,
    state       text        not null check (state in ('OPEN', 'COMMITTING', 'DONE')),
    transaction text        not null,
    report      text,
    changed_at  timestamptz not null,
    primary key (dataset, key)
);
create index intake_request_age on intake_request (changed_at);
