package dev.tideline.storage;

import java.nio.file.Path;

/** Makes storages. Nothing is touched or asked until one is used. */
public final class Storages {

    private Storages() {}

    /**
     * @param s3     used with a bucket
     * @param drafts folder for files on their way to a bucket; processes may share it
     */
    public static Storage open(StorageRoot root, S3Settings s3, Path drafts) {
        return switch (root) {
            case StorageRoot.Folder(Path folder) -> new LocalStorage(folder);
            case StorageRoot.Bucket bucket -> new S3Storage(bucket, s3, new DraftFolder(drafts));
        };
    }

    /** A storage in a folder. */
    public static Storage folder(Path folder) {
        return new LocalStorage(folder);
    }
}
