package io.sluice.sinks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.sluice.sinks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule bufferingKnowsNeitherFlinkNorAws =
            noClasses()
                    .that()
                    .haveSimpleName("UsageBuffer")
                    .or()
                    .haveSimpleName("MetricAggregator")
                    .or()
                    .haveSimpleName("TenantCap")
                    .or()
                    .haveSimpleName("Backoff")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "software.amazon..");

    @ArchTest
    static final ArchRule nobodyReadsTheClock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule propertiesLeaveOneClassOnly =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("AwsAccess")
                    .should()
                    .callConstructor(java.util.Properties.class);

    @ArchTest
    static final ArchRule randomnessHasOneSource =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Jitter")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(java.util.Random.class);

    @ArchTest
    static final ArchRule noCycles =
            SlicesRuleDefinition.slices()
                    .matching("io.sluice.sinks.(*)..")
                    .should()
                    .beFreeOfCycles();
}
