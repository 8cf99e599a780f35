package dev.tideline.inference.source;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.ServableLoader;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Brings a version from a bucket to this machine before it is loaded. A version that was here before needs no bucket. */
@Component
@Primary
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "topic", matchIfMissing = true)
final class FetchingLoader implements ServableLoader {

    private final ServableLoader loader;
    private final ModelStore store;
    private final boolean remote;

    FetchingLoader(@Qualifier("tensorFlowLoader") ServableLoader loader, LocalFiles files) {
        this.loader = loader;
        this.store = new ModelStore(files);
        this.remote = files.storage().remote();
    }

    @Override
    public Servable load(ServableId id, Path folder) throws LoadFailedException {
        if (remote) {
            fetch(id, folder);
        }
        return loader.load(id, folder);
    }

    private void fetch(ServableId id, Path folder) throws LoadFailedException {
        if (!folder.equals(store.folder(id.model(), id.version()))) {
            throw LoadFailedException.broken(StatusCode.INVALID_ARGUMENT,
                    "path: " + folder + " (expected: " + store.path(id.model(), id.version()) + " below the storage root)");
        }
        try {
            store.fetch(id.model(), id.version());
        } catch (StorageUnavailableException away) {
            throw LoadFailedException.away(StatusCode.UNAVAILABLE, String.valueOf(away.getMessage()), away);
        } catch (NoSuchFileException absent) {
            throw LoadFailedException.broken(StatusCode.NOT_FOUND, absent.getMessage() + " (expected: a published version)");
        } catch (IOException failure) {
            throw LoadFailedException.transientFailure(StatusCode.UNAVAILABLE, failure + " (expected: a whole copy of the version)", failure);
        }
    }
}
