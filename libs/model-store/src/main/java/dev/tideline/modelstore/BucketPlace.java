package dev.tideline.modelstore;

import dev.tideline.storage.Digests;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A bucket knows no folders to rename: the manifest, which comes last and goes first, makes a version appear and disappear. */
record BucketPlace(LocalFiles files) implements VersionPlace {

    @Override
    public boolean holds(String folder) throws IOException {
        return files.storage().find(manifestKey(folder)).isPresent();
    }

    @Override
    public ModelManifest manifest(String folder) throws IOException {
        return ModelManifestCodec.read(files.storage().read(manifestKey(folder)), files.storage().location() + "/" + manifestKey(folder));
    }

    @Override
    public List<Long> versions(String folder) throws IOException {
        List<Long> versions = new ArrayList<>();
        files.storage().list(folder + "/", file -> {
            String[] names = file.key().substring(folder.length() + 1).split("/");
            if (names.length == 2 && names[1].equals(ModelStore.MANIFEST) && ModelStore.isVersion(names[0])) {
                versions.add(Long.valueOf(names[0]));
            }
        });
        return versions;
    }

    /** What an interrupted copy lacks is brought by the next; a whole one serves for as long as the bucket does not answer. */
    @Override
    public Path fetch(String folder) throws IOException {
        Path copy = files.root().resolve(folder);
        Path manifest = copy.resolve(ModelStore.MANIFEST);
        try {
            files.fetch(folder, ModelManifestCodec.read(files.refresh(manifestKey(folder))).files());
        } catch (StorageUnavailableException away) {
            if (!Files.isRegularFile(manifest) || !ModelStore.damaged(copy, ModelManifestCodec.read(manifest)).isEmpty()) {
                throw away;
            }
        }
        return copy;
    }

    @Override
    public void publish(Path draft, String folder, ModelManifest manifest) throws IOException {
        if (holds(folder)) {
            throw new FileAlreadyExistsException(files.storage().location() + "/" + folder);
        }
        for (var file : manifest.files().entrySet()) {
            send(draft.resolve(file.getKey()), folder + "/" + file.getKey(), file.getValue());
        }
        Path last = draft.resolve(ModelStore.MANIFEST);
        send(last, manifestKey(folder), Digests.sha256(last));
        ModelFiles.delete(draft);
    }

    /** Of a copy, since publication takes a file away and may fail at a later one. */
    private void send(Path file, String key, String sha256) throws IOException {
        Path copy = files.storage().draft(key);
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        files.storage().publish(copy, key, sha256);
    }

    @Override
    public void delete(String folder) throws IOException {
        files.storage().delete(manifestKey(folder));
        List<String> rest = new ArrayList<>();
        files.storage().list(folder + "/", file -> rest.add(file.key()));
        for (String key : rest) {
            files.storage().delete(key);
        }
        ModelFiles.delete(files.root().resolve(folder));
    }

    private static String manifestKey(String folder) {
        return folder + "/" + ModelStore.MANIFEST;
    }
}
