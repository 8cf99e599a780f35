package dev.tideline.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** What main code does not do. */
final class CodeRules {

    private static final Map<Class<?>, String> CLOCKS = Map.of(
            Instant.class, "now", LocalDate.class, "now", LocalDateTime.class, "now", OffsetDateTime.class, "now",
            ZonedDateTime.class, "now", System.class, "currentTimeMillis");
    private static final Set<Class<?>> UNSPECIFIC = Set.of(RuntimeException.class, Exception.class, Throwable.class, Error.class);

    private CodeRules() {}

    static List<ArchRule> all() {
        return List.of(noHiddenClock(), noHiddenChance(), noSynchronizedMethods(), noUnspecificExceptions(),
                noOptionalFields(), noOptionalParameters(), noDefaultLocale());
    }

    private static ArchRule noHiddenClock() {
        return noClasses().should().callMethodWhere(call("a clock that cannot be set", access ->
                        access.getTarget().getRawParameterTypes().isEmpty() && CLOCKS.entrySet().stream().anyMatch(clock ->
                                access.getTargetOwner().isEquivalentTo(clock.getKey())
                                        && access.getName().equals(clock.getValue()))))
                .because("a test must be able to set the time: ask an injected " + InstantSource.class.getSimpleName());
    }

    private static ArchRule noHiddenChance() {
        var chance = call("a random source without a seed", access ->
                access.getTargetOwner().isEquivalentTo(Math.class) && access.getName().equals("random")
                        || access.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class) && access.getName().equals("current"));
        return noClasses().should().callMethodWhere(chance).orShould().callConstructor(Random.class)
                .because("a run must be repeatable: use an injected RandomGenerator");
    }

    private static ArchRule noSynchronizedMethods() {
        return noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED)
                .because("on JDK 21 a virtual thread that blocks inside one pins its carrier: use a ReentrantLock");
    }

    private static ArchRule noUnspecificExceptions() {
        return noClasses().should().callConstructorWhere(
                        new DescribedPredicate<JavaConstructorCall>("an exception of no kind in particular is made") {
                            @Override
                            public boolean test(JavaConstructorCall call) {
                                return UNSPECIFIC.stream().anyMatch(type -> call.getTargetOwner().isEquivalentTo(type))
                                        && !isSuperCall(call);
                            }
                        })
                .because("a caller can only tell failures apart by their type and code");
    }

    private static boolean isSuperCall(JavaConstructorCall call) {
        return call.getOrigin().isConstructor()
                && call.getOriginOwner().getRawSuperclass().filter(call.getTargetOwner()::equals).isPresent();
    }

    private static ArchRule noOptionalFields() {
        return noFields().should().haveRawType(Optional.class)
                .because("an absent value is @Nullable; Optional is for results");
    }

    private static ArchRule noOptionalParameters() {
        return methods().that(new DescribedPredicate<JavaMethod>("are written by hand") {
            @Override
            public boolean test(JavaMethod method) {
                return !method.getName().startsWith("lambda$") && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
            }
        }).should().notHaveRawParameterTypes(new DescribedPredicate<>("with an Optional") {
            @Override
            public boolean test(List<com.tngtech.archunit.core.domain.JavaClass> types) {
                return types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class));
            }
        }).because("an absent value is @Nullable; Optional is for results");
    }

    private static ArchRule noDefaultLocale() {
        return noClasses().should().callMethod(String.class, "toLowerCase").orShould().callMethod(String.class, "toUpperCase")
                .because("in Turkish the small form of I is not i: pass " + Locale.class.getSimpleName() + ".ROOT");
    }

    private static DescribedPredicate<JavaMethodCall> call(String what, java.util.function.Predicate<JavaMethodCall> test) {
        return DescribedPredicate.describe(what, test);
    }
}
