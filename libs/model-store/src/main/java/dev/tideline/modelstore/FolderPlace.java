package dev.tideline.modelstore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** In a folder a rename makes a version appear and disappear. */
record FolderPlace(Path root) implements VersionPlace {

    @Override
    public boolean holds(String folder) {
        return Files.isRegularFile(root.resolve(folder).resolve(ModelStore.MANIFEST));
    }

    @Override
    public ModelManifest manifest(String folder) throws IOException {
        return ModelManifestCodec.read(root.resolve(folder).resolve(ModelStore.MANIFEST));
    }

    @Override
    public List<Long> versions(String folder) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(root.resolve(folder))) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> ModelStore.isVersion(name) && Files.exists(root.resolve(folder).resolve(name).resolve(ModelStore.MANIFEST)))
                    .map(Long::valueOf).toList();
        }
    }

    @Override
    public Path fetch(String folder) throws NoSuchFileException {
        Path there = root.resolve(folder);
        if (!holds(folder)) {
            throw new NoSuchFileException(there.resolve(ModelStore.MANIFEST).toString());
        }
        return there;
    }

    @Override
    public void publish(Path draft, String folder, ModelManifest manifest) throws IOException {
        Path target = root.resolve(folder);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String folder) throws IOException {
        Path target = root.resolve(folder);
        Path grave = target.resolveSibling(".deleted-" + target.getFileName());
        ModelFiles.delete(grave);
        if (Files.exists(target)) {
            Files.move(target, grave, StandardCopyOption.ATOMIC_MOVE);
            ModelFiles.delete(grave);
        }
    }
}
