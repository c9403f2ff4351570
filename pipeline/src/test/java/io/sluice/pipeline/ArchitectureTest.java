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
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The structure that the design asks for. */
class ArchitectureTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice.pipeline");

    /** Everything a decision is made of. */
    private static final DescribedPredicate<JavaClass> PURE =
            resideInAnyPackage(
                            "..pipeline.limit..",
                            "..pipeline.cache..",
                            "..pipeline.usage..",
                            "..pipeline.budget..",
                            "..pipeline.dedupe..",
                            "..pipeline.session..",
                            "..pipeline.alert..",
                            "..pipeline.audit..",
                            "..pipeline.replay..",
                            "..pipeline.model.schedule..")
                    .or(
                            nameMatching(
                                    ".*\\.enforce\\.((Audited)?Engine|AuditedEffects|Admission|Turn|Reservation|Settlement|Landing|Overdue"
                                            + "|TenantState|MemoryTenantState|TenantCore|(No)?Effects|Observations|Holds?|DecisionTime|Results|AdmittedRequest|CallOrder|CallEnd"
                                            + "|LogRecord|StreamRecord)"
                                            + "(\\$.*)?"))
                    .as("pure classes");

    @Test
    void pureClassesSeeNothingButTheContract() {
        check(
                classes()
                        .that(PURE.and(not(nameMatching(".*\\.replay\\.TraceLineJson"))))
                        .should()
                        .onlyDependOnClassesThat(
                                PURE.or(
                                        resideInAnyPackage(
                                                "io.sluice.contract..",
                                                "java..",
                                                "org.jspecify.."))));
    }

    @Test
    void onlyTheTopologyWires() {
        check(
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
                                        .or(resideInAPackage("..pipeline.topology.."))));
    }

    @Test
    void onlyModelSeesBedrock() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..pipeline.model..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "software.amazon.awssdk.services.bedrock..",
                                "software.amazon.awssdk.services.bedrockruntime.."));
    }

    @Test
    void storesAreTheSinksAffair() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "software.amazon.awssdk.services.dynamodb..",
                                "software.amazon.awssdk.enhanced.dynamodb..",
                                "software.amazon.awssdk.services.cloudwatch.."));
    }

    /**
     * Codec and enforce are one slice: the codecs spell what enforce keeps, and its state names
     * them.
     */
    @Test
    void packagesHaveNoCycles() {
        check(
                slices().matching("io.sluice.pipeline.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .ignoreDependency(
                                resideInAPackage("..pipeline.codec.."),
                                resideInAPackage("..pipeline.enforce..")));
    }

    @Test
    void nobodyReadsAClockDrawsANumberOrSleeps() {
        check(
                noClasses()
                        .that(not(nameMatching(".*\\.model\\.SystemInvokerClock")))
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
                        .areAssignableTo(ThreadLocalRandom.class));
    }

    @Test
    void packagesAreCapabilities() {
        check(
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..util..", "..common..", "..helper..", "..functions.."));
    }

    @Test
    void nobodyReflects() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect.."));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
