package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.training.dataset.DatasetError;
import dev.tideline.training.dataset.Datasets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Declared models by name. */
@Component
public final class Models {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");

    private final JdbcModels table;
    private final Datasets datasets;
    private final InstantSource clock;

    Models(JdbcModels table, Datasets datasets, InstantSource clock) {
        this.table = table;
        this.datasets = datasets;
        this.clock = clock;
    }

    record Declared(Model model, boolean created) {}

    public Optional<Model> find(String name) {
        return table.find(name);
    }

    /** @throws TidelineException {@code UNKNOWN_MODEL} */
    public Model get(String name) {
        return find(name).orElseThrow(() -> new TidelineException(ModelError.UNKNOWN_MODEL,
            "model: " + name + " (expected: a declared model, see GET /v1/models)"));
    }

    List<Model> all() {
        return table.all();
    }

    /** Like {@link #declare}; the definition is kept as JSON. */
    Declared declareYaml(String name, byte[] yaml) {
        try {
            return declare(name, YamlReader.read(yaml));
        } catch (InvalidDefinitionException invalid) {
            throw refused(name, invalid.problems());
        }
    }

    /** Checks form and fit to the dataset, then keeps the definition. */
    Declared declare(String name, JsonNode json) {
        var problems = new ArrayList<Problem>();
        if (!NAME.matcher(name).matches()) {
            problems.add(new Problem("INVALID_NAME", "", name, "letters, digits or any of _ . -, at most 100"));
        }
        try {
            problems.addAll(fit(DefinitionReader.read(json)));
        } catch (InvalidDefinitionException invalid) {
            problems.addAll(invalid.problems());
        }
        if (!problems.isEmpty()) {
            throw refused(name, problems);
        }
        boolean created = table.save(name, json, CanonicalJson.hash(json), clock.instant());
        return new Declared(get(name), created);
    }

    private static TidelineException refused(String name, List<Problem> problems) {
        return new TidelineException(ModelError.INVALID_DEFINITION, "model " + name + ": the definition has "
            + problems.size() + (problems.size() == 1 ? " problem" : " problems"), problems);
    }

    private List<Problem> fit(ModelDefinition definition) {
        try {
            return DefinitionCheck.problems(definition, datasets.schema(definition.dataset()));
        } catch (TidelineException failure) {
            if (failure.code() == DatasetError.UNKNOWN_DATASET) {
                return List.of(new Problem("UNKNOWN_DATASET", "/dataset", definition.dataset(), "a declared dataset"));
            }
            throw failure;
        }
    }
}
