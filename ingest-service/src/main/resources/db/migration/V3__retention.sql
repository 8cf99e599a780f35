-- null: keep for ever.
alter table dataset add retain_versions integer check (retain_versions > 0);
alter table dataset add retain_seconds  bigint  check (retain_seconds > 0);

-- A retired version keeps its row; its slices and its manifest are gone.
alter table dataset_version add retired_at timestamptz;

-- Known from the slices until now, which a retired version no longer has.
alter table dataset_version add evaluation bigint;
update dataset_version v set evaluation = (
    select coalesce(sum(take), 0) from dataset_version_slice s
     where s.dataset = v.dataset and s.version = v.version and s.split = 'evaluation');
alter table dataset_version alter evaluation set not null;
