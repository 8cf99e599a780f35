package dev.tideline.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What lies where, and who may see it. */
final class LayoutRules {

    private static final Set<String> SERVICES = Set.of("ingest", "training", "inference", "monitoring");
    private static final String ROOT = "dev.tideline.";
    private static final double PACKAGE_PRIVATE_SHARE = 0.6;

    private LayoutRules() {}

    static List<ArchRule> all(String base) {
        var rules = new ArrayList<>(List.of(
                noFeatureCycles(base), noSubPackagesOfOthers(base), tensorFlowInItsPlace(), packagesAreDescribed()));
        if (isService(base)) {
            rules.add(servicesStandAlone(base));
            rules.add(mostTypesAreHidden());
        }
        return rules;
    }

    private static boolean isService(String base) {
        return base.startsWith(ROOT) && SERVICES.contains(base.substring(ROOT.length()));
    }

    private static ArchRule noFeatureCycles(String base) {
        return slices().matching(base + ".(*)..").should().beFreeOfCycles()
                .because("a feature can be read, tested and moved alone only if nothing it uses uses it back");
    }

    private static ArchRule noSubPackagesOfOthers(String base) {
        return ArchRuleDefinition.classes().that().resideInAPackage(base + ".(*)..")
                .should(new ArchCondition<JavaClass>("use only the top package of another feature") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                            if (reachesInside(base, item, dependency.getTargetClass())) {
                                events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                            }
                        }
                    }
                })
                .because("the sub-packages of a feature are its inside; its door types are in its top package");
    }

    private static boolean reachesInside(String base, JavaClass from, JavaClass to) {
        var target = to.getPackageName();
        if (!target.startsWith(base + ".")) {
            return false;
        }
        var feature = target.substring(base.length() + 1);
        var dot = feature.indexOf('.');
        return dot > 0 && !(from.getPackageName() + ".").startsWith(base + "." + feature.substring(0, dot) + ".");
    }

    /** Its messages are plain Java, and whoever speaks TensorFlow Serving's protocol has to name them. */
    private static ArchRule tensorFlowInItsPlace() {
        return noClasses().that().resideOutsideOfPackage("..tensorflow..")
                .should().dependOnClassesThat(resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
                        .and(resideOutsideOfPackage("org.tensorflow.proto..")))
                .because("native code can abort the process, so one can see at a glance where it is entered");
    }

    private static ArchRule packagesAreDescribed() {
        return ArchRuleDefinition.classes().that().areTopLevelClasses()
                .should(new ArchCondition<JavaClass>("be in a package with a package-info that says @NullMarked") {
                    private final Set<String> seen = new HashSet<>();

                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        var missing = item.getPackage().tryGetPackageInfo()
                                .filter(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked")).isEmpty();
                        if (missing && seen.add(item.getPackageName())) {
                            events.add(SimpleConditionEvent.violated(item, "package " + item.getPackageName()));
                        }
                    }
                })
                .because("a reader learns the purpose of a package there, and null is the exception, not the rule");
    }

    private static ArchRule servicesStandAlone(String base) {
        var others = SERVICES.stream().map(name -> ROOT + name).filter(name -> !name.equals(base))
                .map(name -> name + "..").toArray(String[]::new);
        return noClasses().should().dependOnClassesThat().resideInAnyPackage(others)
                .because("services are deployed one by one and talk over HTTP and Kafka only");
    }

    private static ArchRule mostTypesAreHidden() {
        return ArchRuleDefinition.classes().that().areTopLevelClasses().and().haveSimpleNameNotEndingWith("package-info")
                .should(new ArchCondition<JavaClass>("be package-private in at least 60 %% of all cases") {
                    private Collection<JavaClass> all = List.of();

                    @Override
                    public void init(Collection<JavaClass> objects) {
                        all = objects;
                    }

                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        // The figure belongs to the module; the rule is asked about each class.
                    }

                    @Override
                    public void finish(ConditionEvents events) {
                        var open = all.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(JavaClass::getName).sorted().collect(Collectors.toList());
                        if (all.size() - open.size() < PACKAGE_PRIVATE_SHARE * all.size()) {
                            events.add(SimpleConditionEvent.violated(all,
                                    open.size() + " of " + all.size() + " top-level types are public: " + open));
                        }
                    }
                })
                .because("what cannot be seen from outside can be changed without asking");
    }
}
