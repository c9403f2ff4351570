package io.sluice.objects;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice.objects");

    @Test
    void onlyTheAdaptersAndTheirOpeningSeeAws() {
        assertThat(MAIN).hasSizeGreaterThan(8);
        noClasses()
                .that()
                .haveNameNotMatching(
                        ".*\\.(S3ObjectStore|ObjectStores|KmsKeyWrap|KeyPlace)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..")
                .check(MAIN);
    }

    @Test
    void neitherFlinkNorHttpServersAreHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "io.micronaut..", "io.sluice.sinks..")
                .check(MAIN);
    }

    @Test
    void nobodyReadsTheClockOrSleeps() {
        noClasses()
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
    }
}
