package dev.tideline.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** How Spring is used. Annotations go by name: modules without Spring check the same rules. */
final class SpringRules {

    private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";
    private static final String VALUE = "org.springframework.beans.factory.annotation.Value";
    private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";
    private static final String CONTROLLER = "org.springframework.stereotype.Controller";
    private static final String LISTENER = "org.springframework.kafka.annotation.KafkaListener";
    private static final String STARTER = "dev.tideline.starter";

    private SpringRules() {}

    static List<ArchRule> all(String base) {
        var rules = new ArrayList<>(List.of(noAutowired(), noInjectedFields(), propertiesAreRecords(), controllersAreHidden(),
                listenersAreHidden(), nothingUsesControllers(), sqlInItsPlace()));
        if (!base.startsWith(STARTER)) {
            rules.add(propertiesAreHidden());
        }
        return rules;
    }

    private static ArchRule noAutowired() {
        return noMembers().should().beAnnotatedWith(AUTOWIRED)
                .because("a bean has one constructor, and everything it needs is in it");
    }

    private static ArchRule noInjectedFields() {
        return noFields().should().beAnnotatedWith(VALUE)
                .orShould().beAnnotatedWith("jakarta.inject.Inject").orShould().beAnnotatedWith("jakarta.annotation.Resource")
                .because("a bean has one constructor, and everything it needs is in it");
    }

    private static ArchRule propertiesAreRecords() {
        return classes().that().areAnnotatedWith(PROPERTIES).should().beRecords()
                .because("configuration is read once, checked at start-up and never changes");
    }

    private static ArchRule propertiesAreHidden() {
        return classes().that().areAnnotatedWith(PROPERTIES).should().notBePublic()
                .because("a feature's settings are its own business");
    }

    private static ArchRule controllersAreHidden() {
        return classes().that().areMetaAnnotatedWith(CONTROLLER)
                .should().notBePublic().andShould().haveSimpleNameEndingWith("Controller")
                .because("only the framework calls them, and one finds the HTTP surface by name");
    }

    private static ArchRule listenersAreHidden() {
        return methods().that().areAnnotatedWith(LISTENER)
                .should().beDeclaredInClassesThat().haveSimpleNameEndingWith("Listener")
                .andShould().beDeclaredInClassesThat().areNotPublic()
                .because("only the framework calls them, and one finds what is consumed by name");
    }

    private static ArchRule nothingUsesControllers() {
        return noClasses().that().haveSimpleNameNotEndingWith("Configuration")
                .should().dependOnClassesThat(new com.tngtech.archunit.base.DescribedPredicate<>("are controllers") {
            @Override
            public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                return type.isTopLevelClass() && !type.isAnnotation() && type.isMetaAnnotatedWith(CONTROLLER);
            }
        }).because("a controller turns HTTP into a call and back; what others need belongs behind it");
    }

    private static ArchRule sqlInItsPlace() {
        return noClasses().that().haveSimpleNameNotStartingWith("Jdbc")
                .and().haveSimpleNameNotEndingWith("Configuration")
                .should().dependOnClassesThat().haveFullyQualifiedName("org.springframework.jdbc.core.simple.JdbcClient")
                .because("one finds all SQL of a module by the name of its classes");
    }
}
