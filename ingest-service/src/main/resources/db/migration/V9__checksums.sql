-- What is compared to find damage: with its algorithm in front, or plain SHA-256 in files from before. SHA-256 is worked out when somebody asks for it.
alter table shard_file add checksum text;
update shard_file set checksum = sha256;
alter table shard_file alter checksum set not null;
alter table shard_file alter sha256 drop not null;
