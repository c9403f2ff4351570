package io.sluice.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The structure that the design asks for. */
@AnalyzeClasses(
        packages = "io.sluice.pipeline",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Everything a decision is made of. */
    private static final DescribedPredicate<JavaClass> PURE =
            resideInAnyPackage("..pipeline.limit..", "..pipeline.cache..", "..pipeline.usage..")
                    .or(
                            nameMatching(
                                    ".*\\.enforce\\.(Engine|Settlement|Sweep|TenantState|TenantCore|Effects"
                                            + "|Hold|DecisionTime|Results|AdmittedRequest|LogRecord|StreamRecord)"
                                            + "(\\$.*)?"))
                    .as("pure classes");

    @ArchTest
    static final ArchRule PURE_CLASSES_SEE_NOTHING_BUT_THE_CONTRACT =
            classes()
                    .that(PURE)
                    .should()
                    .onlyDependOnClassesThat(
                            PURE.or(
                                    resideInAnyPackage(
                                            "io.sluice.contract..", "java..", "org.jspecify..")));

    @ArchTest
    static final ArchRule PURE_CLASSES_HAVE_NO_FLOATING_POINT =
            noClasses()
                    .that(PURE)
                    .should()
                    .dependOnClassesThat(
                            nameMatching(
                                    "double|float|java\\.lang\\.(Double|Float|Math\\.random)"));

    @ArchTest
    static final ArchRule ONLY_THE_TOPOLOGY_WIRES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..pipeline.topology..")
                    .and(not(nameMatching(".*\\.SluiceJob")))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "org.apache.flink.streaming.api.environment..",
                                            "org.apache.flink.streaming.api.datastream..",
                                            "org.apache.flink.streaming.connectors..",
                                            "org.apache.flink.connector..")
                                    .or(resideInAPackage("..pipeline.topology..")));

    @ArchTest
    static final ArchRule ONLY_MODEL_SEES_BEDROCK =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..pipeline.model..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon.awssdk.services.bedrock..",
                            "software.amazon.awssdk.services.bedrockruntime..");

    @ArchTest
    static final ArchRule STORES_ARE_THE_SINKS_AFFAIR =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon.awssdk.services.dynamodb..",
                            "software.amazon.awssdk.enhanced.dynamodb..",
                            "software.amazon.awssdk.services.cloudwatch..");

    /**
     * Codec and enforce are one slice: the codecs spell what enforce keeps, and its state names
     * them.
     */
    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.sluice.pipeline.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(
                            resideInAPackage("..pipeline.codec.."),
                            resideInAPackage("..pipeline.enforce.."));

    @ArchTest
    static final ArchRule NOBODY_READS_A_CLOCK_DRAWS_A_NUMBER_OR_SLEEPS =
            noClasses()
                    .that(not(nameMatching(".*\\.model\\.(SystemTime|Clocks|Jitter)(\\$.*)?")))
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule PACKAGES_ARE_CAPABILITIES =
            noClasses()
                    .should()
                    .resideInAnyPackage("..util..", "..common..", "..helper..", "..functions..");

    @ArchTest
    static final ArchRule NOBODY_REFLECTS =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect..");
}
