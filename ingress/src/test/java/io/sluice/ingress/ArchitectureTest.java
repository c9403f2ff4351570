package io.sluice.ingress;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice.ingress", "io.sluice.contract");

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(MAIN).hasSizeGreaterThan(100);
    }

    @Test
    void contractKnowsNobody() {
        noClasses()
                .that(resideInAPackage("io.sluice.contract.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.ingress..",
                        "io.micronaut..",
                        "software.amazon..",
                        "org.apache.flink..")
                .check(MAIN);
    }

    @Test
    void flinkIsNotHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..", "io.sluice.pipeline..", "io.sluice.local..")
                .check(MAIN);
    }

    @Test
    void awsIsSeenByTheAdaptersAlone() {
        noClasses()
                .that(resideInAPackage("io.sluice.."))
                .and()
                .resideOutsideOfPackage("..ingress.aws..")
                .and()
                .haveNameNotMatching(
                        ".*\\.(DynamoDb\\w+Store|KinesisPutRecords|KinesisStreamRetention"
                                + "|ReadinessProbe|UnexpectedErrorHandler)(\\$.*)?")
                .and()
                .haveNameNotMatching(".*\\.\\$.*") // what Micronaut generates
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(MAIN);
    }

    @Test
    void clockAndChanceEachHaveTheirPlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SystemTime")
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
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("KeyMint")
                .and()
                .doNotHaveSimpleName("Backoff")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class)
                .check(MAIN);
    }

    @Test
    void packagesAreCapabilitiesWithoutCycles() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..helpers..")
                .check(MAIN);
        SlicesRuleDefinition.slices()
                .matching("io.sluice.ingress.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }
}
