package dev.tideline.inference.configuration;

import dev.tideline.serving.protocol.FileSystemStoragePathSourceConfig.ServableVersionPolicy;
import dev.tideline.serving.protocol.ModelConfig;
import dev.tideline.serving.protocol.ModelServerConfig;
import dev.tideline.serving.protocol.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns TensorFlow Serving's {@code ModelServerConfig} into a configuration. */
final class ModelConfigs {

    private static final String PLATFORM = "tensorflow";

    private ModelConfigs() {}

    /** @throws InvalidConfigurationException with everything that is wrong */
    static ServingConfiguration read(ModelServerConfig config) {
        if (config.hasCustomModelConfig()) {
            throw new InvalidConfigurationException(List.of("custom_model_config: set (expected: model_config_list)"));
        }
        List<String> problems = new ArrayList<>();
        List<ServedModel> models = new ArrayList<>();
        for (ModelConfig model : config.getModelConfigList().getConfigList()) {
            BasePath basePath = path(model, problems);
            checkPlatform(model, problems);
            if (model.hasLoggingConfig()) {
                problems.add("model " + model.getName() + ": logging_config: set (expected: without it, as TensorFlow Serving's server wants it, too;"
                        + " tideline.inference.prediction-log.* says what is logged)");
            }
            if (basePath != null) {
                models.add(new ServedModel(model.getName(), basePath, selection(model.getModelVersionPolicy()),
                        new TreeMap<>(model.getVersionLabelsMap())));
            }
        }
        try {
            ServingConfiguration read = ServingConfiguration.of(models);
            if (problems.isEmpty()) {
                return read;
            }
        } catch (InvalidConfigurationException e) {
            problems.addAll(e.problems());
        }
        throw new InvalidConfigurationException(problems);
    }

    private static @Nullable BasePath path(ModelConfig model, List<String> problems) {
        try {
            return BasePath.parse(model.getBasePath());
        } catch (IllegalArgumentException e) {
            problems.add("model " + model.getName() + ": base_path: " + e.getMessage());
            return null;
        }
    }

    @SuppressWarnings("deprecation")
    private static void checkPlatform(ModelConfig model, List<String> problems) {
        String platform = model.getModelPlatform();
        ModelType type = model.getModelType();
        String where = "model " + model.getName() + ": ";
        if (!platform.isEmpty() && type != ModelType.MODEL_TYPE_UNSPECIFIED) {
            problems.add(where + "Illegal setting both ModelServerConfig::model_type (deprecated) and ModelServerConfig::model_platform");
        } else if (!platform.isEmpty() && !platform.equals(PLATFORM)) {
            problems.add(where + "model_platform: " + platform + " (expected: " + PLATFORM + ")");
        } else if (type == ModelType.OTHER || type == ModelType.UNRECOGNIZED) {
            problems.add(where + "model_type: " + type + " (expected: TENSORFLOW)");
        }
    }

    private static VersionSelection selection(ServableVersionPolicy policy) {
        return switch (policy.getPolicyChoiceCase()) {
            case ALL -> new VersionSelection.All();
            case SPECIFIC -> new VersionSelection.Specific(new TreeSet<>(policy.getSpecific().getVersionsList()));
            case LATEST -> new VersionSelection.Latest(Math.max(1, policy.getLatest().getNumVersions()));
            case POLICYCHOICE_NOT_SET -> VersionSelection.LATEST;
        };
    }
}
