package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import io.sluice.contract.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of a model's capacity is used when twice as much is asked for, in simulated time: the
 * scheduler with its targets as in production, against providers that limit in different ways. What
 * the scheduler knows of the limit is what it is refused.
 */
class CapacityUseTest {
    private static final int REFUSAL_MILLIS = 5;
    private static final int BACKOFF_MILLIS = 200;
    private static final long WARM_UP_MILLIS = 120_000;
    private static final long MEASURED_MILLIS = 300_000;

    /** Whether a provider takes a call now. */
    private interface Provider {
        boolean takes(long now, int underWay);
    }

    private record Done(long at, int call, boolean taken) {}

    /** Per minute, filled all the time; full it holds so many seconds' worth. */
    private static Provider bucket(int perMinute, int seconds) {
        long most = (long) perMinute * seconds * 1_000;
        long[] level = {most, 0};
        return (now, underWay) -> {
            level[0] = Math.min(most, level[0] + (now - level[1]) * perMinute);
            level[1] = now;
            boolean takes = level[0] >= 60_000;
            level[0] -= takes ? 60_000 : 0;
            return takes;
        };
    }

    /** Never more than so many in any minute. */
    private static Provider window(int perMinute) {
        Deque<Long> taken = new ArrayDeque<>();
        return (now, underWay) -> {
            while (!taken.isEmpty() && taken.peekFirst() <= now - 60_000) {
                taken.removeFirst();
            }
            return taken.size() < perMinute && taken.add(now);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "bucket of a minute, 1200, 60, 600",
        "bucket of a second, 1200, 1, 600",
        "bucket of a second with short calls, 3000, 1, 100",
        "bucket of five seconds with long calls, 600, 5, 8000",
        "window of a minute, 1200, 0, 600",
        "window of a minute with long calls, 300, 0, 8000",
    })
    void nineTenthsAreUsedOfWhatIsNotKnown(String name, int perMinute, int burst, int latency) {
        for (long seed = 1; seed <= 2; seed++) {
            Provider provider = burst > 0 ? bucket(perMinute, burst) : window(perMinute);
            double used = used(provider, settings(""), perMinute, latency, seed);
            assertThat(used).as("%s, seed %d", name, seed).isBetween(0.9, 1.01);
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, 600", "300, 8000"})
    void aQuotaThatIsKnownIsUsedWithoutBeingRefused(int perMinute, int latency) {
        int[] refused = new int[1];
        Provider window = window(perMinute);
        Provider counting =
                (now, underWay) -> {
                    boolean takes = window.takes(now, underWay);
                    refused[0] += takes ? 0 : 1;
                    return takes;
                };
        double used = used(counting, settings("requests=" + perMinute), perMinute, latency, 1);

        assertThat(used).isBetween(0.97, 1.01);
        assertThat(refused[0]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10, 500", "100, 500"})
    void nineTenthsOfThePlacesAreUsedOfAModelThatHasOnlyPlaces(int places, int latency) {
        double used =
                used(
                        (now, underWay) -> underWay < places,
                        settings(""),
                        places * 60_000 / latency,
                        latency,
                        1);
        assertThat(used).isBetween(0.9, 1.1);
    }

    private static TargetSettings settings(String quota) {
        return new TargetSettings(
                2,
                200,
                1_000,
                80,
                Duration.ofSeconds(1),
                10,
                50,
                quota.isEmpty() ? Map.of() : Map.of("m", QuotaSettings.parse("quota", "m", quota)));
    }

    /** Calls taken, over those that so many per minute make. */
    private static double used(
            Provider provider, TargetSettings settings, int perMinute, int latency, long seed) {
        Random random = new Random(seed);
        LaneBounds wide = new LaneBounds(1_000, 1 << 30, 2_000, 1 << 30);
        CallScheduler<Integer> scheduler =
                new CallScheduler<>(wide, wide, 5_000, settings.capacitiesOf(0, 1));
        PriorityQueue<Done> underWay = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        int[] atWork = new int[1];
        int offered = 0;
        long taken = 0;
        for (long now = 1; now <= WARM_UP_MILLIS + MEASURED_MILLIS; now++) {
            while (!underWay.isEmpty() && underWay.peek().at <= now) {
                end(scheduler, underWay.remove(), atWork, random, now);
            }
            while (offered < now * 2 * perMinute / 60_000) {
                CallTerms terms =
                        new CallTerms(
                                "t" + random.nextInt(20),
                                List.of("m"),
                                1,
                                Priority.NORMAL,
                                -1,
                                1,
                                1,
                                now + 30_000);
                scheduler.offer(offered++, terms, now);
            }
            scheduler.expired(now);
            for (Integer call = scheduler.next(now); call != null; call = scheduler.next(now)) {
                boolean takes = provider.takes(now, atWork[0]);
                atWork[0] += takes ? 1 : 0;
                taken += takes && now > WARM_UP_MILLIS ? 1 : 0;
                long takesMillis = takes ? latency / 2L + random.nextInt(latency) : REFUSAL_MILLIS;
                underWay.add(new Done(now + takesMillis, call, takes));
            }
        }
        return taken * 60_000.0 / MEASURED_MILLIS / perMinute;
    }

    private static void end(
            CallScheduler<Integer> scheduler, Done done, int[] atWork, Random random, long now) {
        if (done.taken) {
            atWork[0]--;
            scheduler.attemptEnded(done.call, AttemptVerdict.answered(Usage.of(1, 1)), now);
            scheduler.ended(done.call, now);
        } else {
            scheduler.attemptEnded(done.call, AttemptVerdict.THROTTLED, now);
            scheduler.again(done.call, List.of("m"), now + 1 + random.nextInt(BACKOFF_MILLIS), now);
        }
    }
}
