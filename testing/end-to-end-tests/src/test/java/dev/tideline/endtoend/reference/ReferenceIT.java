package dev.tideline.endtoend.reference;

import static dev.tideline.endtoend.reference.Repository.find;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every key, code and metric of the code is in the reference, and nothing else is. Needs the services' packages. */
class ReferenceIT {

    private static final Pattern KEY = Pattern.compile("(?m)^\\| `(tideline\\.[a-z0-9.-]+)` \\|");
    private static final Pattern CODE = Pattern.compile("<a id=\"([A-Z_0-9]+)\"></a>");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^    ([A-Z][A-Z_0-9]*)(?=[(,;]|$)");
    private static final Pattern METRIC = Pattern.compile("(?:counter|builder|gauge\\w*|timer|summary)\\(\\s*\"(tideline\\.[a-z.]+)\"");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void everyConfigurationKeyIsExplained() {
        Set<String> known = new TreeSet<>();
        for (String module : Repository.MODULES) {
            Path metadata = Repository.ROOT.resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
            for (JsonNode property : JsonMapper.builder().build().readTree(Repository.read(metadata)).get("properties")) {
                known.add(property.get("name").asString());
            }
        }

        assertThat(find(KEY, Repository.reference("configuration.md"))).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyErrorCodeIsExplained() {
        Set<String> codes = new TreeSet<>();
        Repository.sources().stream().map(Repository::read).map(source -> COMMENT.matcher(source).replaceAll(""))
                .filter(source -> source.contains("enum ") && source.contains("implements ErrorCode"))
                .map(source -> source.substring(source.indexOf("enum ")))
                .forEach(source -> codes.addAll(find(CONSTANT, source.substring(0, source.indexOf(';') + 1))));

        assertThat(find(CODE, Repository.reference("errors.md"))).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void everyMetricIsExplained() {
        Set<String> metrics = new TreeSet<>();
        Repository.sources().forEach(file -> metrics.addAll(find(METRIC, Repository.read(file))));

        assertThat(find(KEY, Repository.reference("metrics.md"))).containsExactlyInAnyOrderElementsOf(metrics);
    }

    @Test
    void everyLinkBetweenPagesLeadsSomewhere() {
        assertThat(Repository.files(Repository.ROOT, ".md")).isNotEmpty().allSatisfy(page ->
                assertThat(find(LINK, Repository.read(page))).allSatisfy(link ->
                        assertThat(Files.exists(page.resolveSibling(link))).as("%s in %s", link, page).isTrue()));
    }
}
