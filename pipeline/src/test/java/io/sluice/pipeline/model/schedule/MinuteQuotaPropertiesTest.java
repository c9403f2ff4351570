package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MinuteQuotaPropertiesTest {
    private static final LaneShares SHARES = new LaneShares(10, 50);

    /** What a list of everything says of the last minute. */
    private record Used(long atMillis, long tokens, long requests) {}

    private static final class Book {
        private final List<Used> used = new ArrayList<>();

        private long tokens(long now) {
            return used.stream()
                    .filter(u -> u.atMillis > now - 60_000)
                    .mapToLong(Used::tokens)
                    .sum();
        }

        private long requests(long now) {
            return used.stream()
                    .filter(u -> u.atMillis > now - 60_000)
                    .mapToLong(Used::requests)
                    .sum();
        }
    }

    private record Running(Lane lane, long slot, long tokens, Used used) {}

    /** Every call reserves less than its lane's part and uses no more than it reserved. */
    @Property(tries = 200)
    void noMinuteHoldsMoreThanTheQuotaAndNobodyIsHeldUpForLong(
            @ForAll long seed,
            @ForAll @IntRange(min = 1_000, max = 20_000) int tokens,
            @ForAll @IntRange(min = 20, max = 200) int requests) {
        Random random = new Random(seed);
        MinuteQuota quota = new MinuteQuota(tokens, requests, 1, SHARES);
        Book book = new Book();
        List<Running> running = new ArrayList<>();
        long now = 1_700_000_000_000L;
        for (int i = 0; i < 400; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(50);
            Lane lane = random.nextInt(3) == 0 ? Lane.BULK : Lane.INTERACTIVE;
            long reserved = 1L + random.nextInt(tokens / 20);
            long otherWants = random.nextBoolean() ? 1L + random.nextInt(tokens / 20) : 0;
            if (quota.admits(lane, reserved, otherWants, now)) {
                Used used = new Used(now, reserved, 1);
                book.used.add(used);
                running.add(new Running(lane, quota.reserve(lane, reserved, now), reserved, used));
            }
            if (!running.isEmpty() && random.nextInt(3) == 0) {
                end(quota, book, running.remove(random.nextInt(running.size())), random, now);
            }
            assertThat(book.tokens(now)).isLessThanOrEqualTo(tokens);
            assertThat(book.requests(now)).isLessThanOrEqualTo(requests);
            // Its own count is at most a tenth of a second behind.
            assertThat(tokens - quota.tokensLeft(now))
                    .isBetween(book.tokens(now), book.tokens(now - 100));
        }
        long later = now + 60_100;
        assertThat(quota.tokensLeft(later)).isEqualTo(tokens);
        assertThat(quota.requestsLeft(later)).isEqualTo(requests);
        assertThat(quota.nextChangeMillis(later)).isEqualTo(Long.MAX_VALUE);
    }

    private static void end(MinuteQuota quota, Book book, Running call, Random random, long now) {
        book.used.remove(call.used);
        if (random.nextInt(4) == 0) {
            quota.release(call.lane, call.slot, call.tokens, now);
        } else {
            long really = random.nextInt((int) call.tokens + 1);
            book.used.add(new Used(call.used.atMillis, really, 1));
            quota.settle(call.lane, call.slot, call.tokens, Usage.of(really, 0), now);
        }
    }

    @Test
    void outputBurnsDownAndWhatIsReadFromTheCacheDoesNotCount() {
        MinuteQuota quota = new MinuteQuota(10_000, MinuteQuota.NONE, 5, SHARES);
        long slot = quota.reserve(Lane.INTERACTIVE, 1_500, 0);
        assertThat(quota.tokensLeft(0)).isEqualTo(8_500);

        Usage usage =
                Usage.builder()
                        .inputTokens(100)
                        .outputTokens(200)
                        .cacheReadTokens(5_000)
                        .cacheWriteTokens(30)
                        .build();
        quota.settle(Lane.INTERACTIVE, slot, 1_500, usage, 2_000);
        assertThat(quota.tokensLeft(2_000)).isEqualTo(10_000 - 100 - 30 - 5 * 200);
    }

    @Test
    void whatACallUsesBeyondItsReservationIsOwed() {
        MinuteQuota quota = new MinuteQuota(1_000, MinuteQuota.NONE, 5, SHARES);
        long slot = quota.reserve(Lane.INTERACTIVE, 300, 0);
        quota.settle(Lane.INTERACTIVE, slot, 300, Usage.of(100, 300), 30_000);

        assertThat(quota.tokensLeft(30_000)).isEqualTo(1_000 - 1_600);
        assertThat(quota.admits(Lane.INTERACTIVE, 1, 0, 30_000)).isFalse();
        // The reservation is a minute old at 60 s, the rest at 90 s.
        assertThat(quota.admits(Lane.INTERACTIVE, 1, 0, 60_100)).isFalse();
        assertThat(quota.admits(Lane.INTERACTIVE, 1, 0, 90_100)).isTrue();
    }

    @Test
    void callLargerThanTheQuotaRunsWhenNothingElseDoes() {
        MinuteQuota quota = new MinuteQuota(1_000, MinuteQuota.NONE, 1, SHARES);
        assertThat(quota.admits(Lane.INTERACTIVE, 5_000, 0, 0)).isTrue();
        quota.reserve(Lane.INTERACTIVE, 10, 0);
        assertThat(quota.admits(Lane.INTERACTIVE, 5_000, 0, 0)).isFalse();
        assertThat(quota.admits(Lane.INTERACTIVE, 5_000, 0, 60_100)).isTrue();
    }

    @Test
    void unknownUsageLeavesTheReservation() {
        MinuteQuota quota = new MinuteQuota(1_000, MinuteQuota.NONE, 1, SHARES);
        long slot = quota.reserve(Lane.BULK, 400, 0);
        quota.settle(Lane.BULK, slot, 400, null, 10);
        assertThat(quota.tokensLeft(10)).isEqualTo(600);
    }
}
