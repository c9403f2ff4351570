package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** E4: attempts after errors stay below a fifth of the requests, and a few. */
class RetryBudgetPropertiesTest {
    private static final long NOON = 1_795_435_200_000L;

    private final RetryBudget budget = new RetryBudget();

    /** Steps of up to 4 s; two of three events are retries that are asked for. */
    @Property
    void e4RetriesOfAnyMinuteAreAtMostAFifthOfItsRequestsAndAFew(
            @ForAll @Size(max = 400) List<@IntRange(min = 0, max = 11_999) Integer> steps) {
        RetryBudget own = new RetryBudget();
        List<Long> requests = new ArrayList<>();
        List<Long> retries = new ArrayList<>();
        long now = NOON;
        for (int step : steps) {
            now += step / 3;
            if (step % 3 == 0) {
                own.request("m", now);
                requests.add(now);
                continue;
            }
            long before = seconds(now) - 60;
            long allowed = RetryBudget.FLOOR + since(requests, before) / 5;
            boolean fits = since(retries, before) < allowed;
            assertThat(own.tryRetry("m", now)).as("at " + now).isEqualTo(fits);
            if (fits) {
                retries.add(now);
            }
        }
    }

    private static long since(List<Long> times, long afterSecond) {
        return times.stream().filter(time -> seconds(time) > afterSecond).count();
    }

    private static long seconds(long millis) {
        return Math.floorDiv(millis, 1_000L);
    }

    @Test
    void modelsHaveBudgetsOfTheirOwn() {
        for (int i = 0; i < RetryBudget.FLOOR; i++) {
            assertThat(budget.tryRetry("m", NOON)).isTrue();
        }
        assertThat(budget.tryRetry("m", NOON)).isFalse();
        assertThat(budget.tryRetry("n", NOON)).isTrue();
    }

    @Test
    void whatIsAMinuteOldCountsNoMore() {
        for (int i = 0; i < RetryBudget.FLOOR; i++) {
            budget.tryRetry("m", NOON);
        }
        assertThat(budget.tryRetry("m", NOON + 59_999)).isFalse();
        assertThat(budget.tryRetry("m", NOON + 60_000)).isTrue();
    }

    @Test
    void aClockThatGoesBackRefillsNothing() {
        for (int i = 0; i < RetryBudget.FLOOR; i++) {
            budget.tryRetry("m", NOON);
        }
        assertThat(budget.tryRetry("m", NOON - 120_000)).isFalse();
    }
}
