package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.ServableLoader;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensorflow.TensorFlowProperties.Check;
import dev.tideline.inference.tensorflow.TensorFlowProperties.InterOp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** Proves a version in a child process, opens it here, warms it up. */
@Component
final class TensorFlowLoader implements ServableLoader {

    private final ChildProcessCheck check;
    private final boolean checked;
    private final SavedModelOpener opener;
    private final List<Integer> warmUpRows;

    TensorFlowLoader(TensorFlowProperties properties) {
        this.check = new ChildProcessCheck(properties.checkTimeout());
        this.checked = properties.check() == Check.CHILD_PROCESS;
        this.opener = new SavedModelOpener(properties.intraOpThreads(), properties.interOp() == InterOp.CALLER);
        this.warmUpRows = properties.warmUpRows();
    }

    @Override
    public Servable load(ServableId id, Path folder) throws LoadFailedException {
        if (!Files.isRegularFile(folder.resolve("saved_model.pb"))) {
            throw LoadFailedException.broken(StatusCode.NOT_FOUND, "model folder: " + folder + " (expected: a saved_model.pb in it)");
        }
        String fingerprint = SchemaFingerprint.of(folder);
        if (checked) {
            check.check(folder);
        }
        TensorFlowServable servable;
        try {
            servable = opener.open(id, folder, fingerprint);
        } catch (StatusException e) {
            throw refused(e.code(), e.text());
        }
        try {
            Trial.run(servable, warmUpRows);
            return servable;
        } catch (StatusException e) {
            servable.close();
            throw refused(e.code(), e.text());
        }
    }

    static LoadFailedException refused(StatusCode code, String reason) {
        return LoadFailedException.broken(code, "SavedModel: " + reason + " (expected: one that loads and answers)");
    }
}
