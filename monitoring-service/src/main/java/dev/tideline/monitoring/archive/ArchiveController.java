package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Problem;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.starter.error.TidelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What goes back to the dataset, and what is hidden. */
@RestController
final class ArchiveController {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");

    private final ArchiveRules rules;
    private final RuleReader reader;
    private final ModelBaselines baselines;

    ArchiveController(ArchiveRules rules, RuleReader reader, ModelBaselines baselines) {
        this.rules = rules;
        this.reader = reader;
        this.baselines = baselines;
    }

    @GetMapping("/v1/models/{model}/archive")
    ArchiveRule rule(@PathVariable String model) {
        return rules.of(checked(model)).rule();
    }

    /** Replaces the rule; parts left out take their defaults. May be set before the model exists. */
    @PutMapping("/v1/models/{model}/archive")
    ArchiveRule replace(@PathVariable String model, @RequestBody JsonNode body) {
        ArchiveRule rule = reader.read(body);
        List<Problem> problems = new ArrayList<>(rule.problems());
        baselines.newest(checked(model)).map(ModelBaseline::schema).ifPresent(schema -> problems.addAll(RuleCheck.problems(rule, schema)));
        if (!problems.isEmpty()) {
            throw RuleReader.invalid(problems);
        }
        rules.replace(model, rule);
        return rule;
    }

    private static String checked(String model) {
        if (!MODEL.matcher(model).matches()) {
            throw new TidelineException(ArchiveError.INVALID_ARCHIVE_RULE, "model: " + model
                    + " (expected: letters, digits or any of _ . -, at most 100)");
        }
        return model;
    }
}
