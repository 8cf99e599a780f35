package dev.tideline.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;

/**
 * Files of a storage as paths of this machine, for readers that want paths, such as TensorFlow. In a folder they are where they are;
 * from a bucket they are copied once and kept for as long as somebody asks for them.
 *
 * <p>A copy appears whole or not at all, so that processes may share a folder of copies.
 */
public sealed interface LocalFiles permits FilesInPlace, FileCopies {

    /** Files of a folder that is a storage root. */
    static LocalFiles inPlace(Path root) {
        return new FilesInPlace(root.toAbsolutePath().normalize());
    }

    /**
     * Copies of the files of a remote storage.
     *
     * @param folder of this machine; made when missing
     * @param keep   copies that nobody asked for in that time are removed
     */
    static LocalFiles copies(Storage storage, Path folder, Duration keep, InstantSource clock) {
        return new FileCopies(storage, folder.toAbsolutePath().normalize(), keep, clock);
    }

    /** The files themselves. */
    Storage storage();

    /** The folder that keys of local files are relative to. */
    Path root();

    /** A folder for what is no part of the storage. Survives the process; shared with other machines only where the storage root is. */
    Path scratch();

    /**
     * Where a file lies on this machine, now that it does. For files that never change.
     *
     * @throws NoSuchFileException          when there is none
     * @throws StorageUnavailableException  when it is not here yet, and the storage does not answer
     */
    Path fetch(String key) throws IOException;

    /**
     * The same for a file that may have been replaced.
     *
     * @throws NoSuchFileException         when there is none
     * @throws StorageUnavailableException when the storage does not answer
     */
    Path refresh(String key) throws IOException;

    /**
     * Files of a folder. What is here with another content is replaced.
     *
     * @param folder key of the folder, without a '/' at its end
     * @param files  SHA-256 in hexadecimal by key relative to the folder
     * @return the folder on this machine
     * @throws java.nio.file.FileSystemException when a file in the storage is not the one of that SHA-256
     * @throws StorageUnavailableException       when one is not here yet, and the storage does not answer
     */
    Path fetch(String folder, SortedMap<String, String> files) throws IOException;
}
