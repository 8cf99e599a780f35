package dev.tideline.storage;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;

/** The storage root is a folder of this machine already; whoever reads checks what is in it. */
record FilesInPlace(Path root) implements LocalFiles {

    @Override
    public Storage storage() {
        return Storages.folder(root);
    }

    @Override
    public Path scratch() {
        return root;
    }

    @Override
    public Path fetch(String key) throws NoSuchFileException {
        Path file = root.resolve(Keys.file(key));
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    @Override
    public Path refresh(String key) throws NoSuchFileException {
        return fetch(key);
    }

    @Override
    public Path fetch(String folder, SortedMap<String, String> files) {
        return root.resolve(Keys.file(folder));
    }
}
