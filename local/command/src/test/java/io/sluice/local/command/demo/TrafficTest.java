package io.sluice.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final List<DemoRequest> MINUTE = Traffic.of(60, 10, 42);

    @Test
    void sameSeedGivesTheSameTraffic() {
        assertThat(Traffic.of(60, 10, 42)).isEqualTo(MINUTE);
        assertThat(Traffic.of(60, 10, 43)).isNotEqualTo(MINUTE);
    }

    @Test
    void requestsAreInOrderAndWithinTheTime() {
        assertThat(MINUTE)
                .hasSize(600)
                .isSortedAccordingTo(java.util.Comparator.comparingLong(DemoRequest::atMillis));
        assertThat(MINUTE).allSatisfy(r -> assertThat(r.atMillis()).isBetween(0L, 59_999L));
    }

    @Test
    void freeTenantSendsMoreInOneMinuteThanItsTierAllows() {
        assertThat(MINUTE.stream().filter(r -> r.tenant().equals("demo-free")))
                .hasSizeGreaterThan(10);
    }

    @Test
    void promptsRepeatAndThreeModelsAreUsed() {
        assertThat(MINUTE.stream().map(DemoRequest::prompt).distinct().count())
                .isBetween(50L, 200L);
        assertThat(MINUTE.stream().map(DemoRequest::model).collect(Collectors.toSet())).hasSize(3);
    }

    @Test
    void samePromptAlwaysGoesToTheSameModel() {
        assertThat(
                        MINUTE.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                DemoRequest::prompt,
                                                Collectors.mapping(
                                                        DemoRequest::model, Collectors.toSet())))
                                .values())
                .allSatisfy(models -> assertThat(models).hasSize(1));
    }
}
