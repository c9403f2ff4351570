package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MixTest {
    private static final int CALLS = 100_000;

    private final Map<Effect, Double> rates =
            Map.of(Effect.THROTTLE, 0.2, Effect.CUT_BEFORE, 0.05, Effect.DRIP, 0.1);
    private final Map<Fault, Double> errors =
            Map.of(Fault.INTERNAL_SERVER, 0.1, Fault.SERVICE_UNAVAILABLE, 0.03);

    @Test
    void everyShareIsMet() {
        Map<Ending, Long> seen =
                endings(new Mix(7, rates, errors), CALLS).stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        rates.forEach((effect, rate) -> assertShare(seen.get(Ending.of(effect)), rate));
        errors.forEach((fault, rate) -> assertShare(seen.get(Ending.failing(fault)), rate));
        assertShare(seen.get(Ending.ANSWER), 0.52);
        assertThat(seen).hasSize(6);
    }

    @Test
    void seedAloneDecides() {
        List<Ending> row = endings(new Mix(7, rates, errors), 1_000);
        assertThat(endings(new Mix(7, rates, errors), 1_000)).isEqualTo(row);
        assertThat(endings(new Mix(8, rates, errors), 1_000)).isNotEqualTo(row);
    }

    @Test
    void neighbouringSeedsAreNotTheSameRowShifted() {
        List<Ending> row = endings(new Mix(7, rates, errors), 1_000);
        List<Ending> next = endings(new Mix(8, rates, errors), 1_000);
        assertThat(next.subList(0, 999)).isNotEqualTo(row.subList(1, 1_000));
        assertThat(row.subList(0, 999)).isNotEqualTo(next.subList(1, 1_000));
    }

    @Test
    void moreThanAllCallsIsRefused() {
        assertThatThrownBy(() -> new Mix(7, Map.of(Effect.HANG, 0.9), errors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sum to 1.0");
    }

    private static List<Ending> endings(Mix mix, int calls) {
        return LongStream.rangeClosed(1, calls).mapToObj(mix::endingOf).toList();
    }

    private static void assertShare(long seen, double rate) {
        assertThat(seen / (double) CALLS).isCloseTo(rate, within(0.01));
    }
}
