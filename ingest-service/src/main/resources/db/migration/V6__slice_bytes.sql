-- Where a slice lies in its file, and the hash of these bytes. Unknown for slices that cut a file in versions from before.
alter table dataset_version_slice add first_byte bigint;
alter table dataset_version_slice add bytes bigint;
alter table dataset_version_slice add sha256 text;
update dataset_version_slice l set first_byte = 0, bytes = f.bytes, sha256 = f.sha256
  from shard_file f where f.id = l.shard_file and l.take = f.records;
