package io.sluice.sinks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice.sinks");

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(MAIN).hasSizeGreaterThan(20);
    }

    @Test
    void bufferingKnowsNeitherFlinkNorAws() {
        noClasses()
                .that()
                .haveSimpleName("VersionedBuffer")
                .or()
                .haveSimpleName("MetricAggregator")
                .or()
                .haveSimpleName("TenantCap")
                .or()
                .haveSimpleName("Backoff")
                .or()
                .haveSimpleName("Backlog")
                .or()
                .haveSimpleName("DatabaseBacklog")
                .or()
                .haveSimpleName("BacklogEntry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "software.amazon..")
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
                .callMethod(Thread.class, "sleep", long.class)
                .check(MAIN);
    }

    @Test
    void propertiesAreMadeInOneClassOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AwsAccess")
                .should()
                .callConstructor(Properties.class)
                .check(MAIN);
    }

    @Test
    void randomnessHasOneSource() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Jitter")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.sluice.sinks.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }
}
