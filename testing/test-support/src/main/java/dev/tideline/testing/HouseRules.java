package dev.tideline.testing;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How code is laid out here, as checks. One test class of every module calls {@link #check(String)}; a failure lists every
 * broken rule with its reason.
 */
public final class HouseRules {

    static {
        QuietLogs.apply();
        // Of foreign classes only annotations of annotations are asked for; reading more of the class path takes seconds.
        ArchConfiguration.get().setClassResolver(SelectedClassResolverFromClasspath.class);
        ArchConfiguration.get().setClassResolverArguments(
                "org.springframework.stereotype", "org.springframework.web.bind.annotation", "dev.tideline");
    }

    private HouseRules() {}

    /**
     * Checks the module in the working directory.
     *
     * @param basePackage the module's root package, such as {@code dev.tideline.ingest}; its direct sub-packages are features
     * @throws AssertionError when a rule is broken
     */
    public static void check(String basePackage) {
        var main = imported(basePackage, new ImportOption.DoNotIncludeTests());
        var tests = imported(basePackage, new ImportOption.OnlyIncludeTests());
        var violations = new ArrayList<String>();
        violations.addAll(violations(mainRules(basePackage), main));
        violations.addAll(violations(TestRules.all(), tests));
        violations.addAll(SourceRules.violations(Path.of("src", "main", "java")));
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n\n", violations));
        }
    }

    static List<ArchRule> mainRules(String basePackage) {
        return Stream.of(LayoutRules.all(basePackage), CodeRules.all(), SpringRules.all(basePackage))
                .flatMap(List::stream).toList();
    }

    static List<String> violations(List<ArchRule> rules, JavaClasses classes) {
        return rules.stream()
                .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                .filter(result -> result.hasViolation())
                .map(result -> result.getFailureReport().toString())
                .toList();
    }

    private static JavaClasses imported(String basePackage, ImportOption option) {
        return new ClassFileImporter().withImportOption(option).importPackages(basePackage);
    }
}
