package dev.tideline.modelstore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Where versions lie. Folders are relative to the storage root, with '/', such as {@code models/trips/3}. */
sealed interface VersionPlace permits FolderPlace, BucketPlace {

    /** Whether a version is there, whole. */
    boolean holds(String folder) throws IOException;

    /** @throws NoSuchFileException when there is no such version */
    ModelManifest manifest(String folder) throws IOException;

    /** Numbers of the versions in a model's folder, in no order. */
    List<Long> versions(String folder) throws IOException;

    /** @throws NoSuchFileException when there is no such version */
    Path fetch(String folder) throws IOException;

    /**
     * Makes a version of a draft, which is gone then. After a failure the draft is as it was.
     *
     * @param manifest of the draft's files, in which it lies already
     * @throws FileAlreadyExistsException when the version is there
     */
    void publish(Path draft, String folder, ModelManifest manifest) throws IOException;

    /** No reader ever sees half of it. */
    void delete(String folder) throws IOException;
}
