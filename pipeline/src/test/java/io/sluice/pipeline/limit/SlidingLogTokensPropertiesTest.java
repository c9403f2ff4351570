package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Tokens of a log are the sum over a plain list, however many chunks lie between its ends. */
class SlidingLogTokensPropertiesTest {
    private static final long START = 1_790_078_400_000L;

    private static final class Entry {
        private final long atMillis;
        private long tokens;

        private Entry(long atMillis, long tokens) {
            this.atMillis = atMillis;
            this.tokens = tokens;
        }
    }

    @Property(tries = 200)
    void tokensAreThoseOfAPlainList(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int steps) {
        Random random = new Random(seed);
        KeptChunks chunks = new KeptChunks();
        SlidingLog log = new SlidingLog();
        List<Entry> all = new ArrayList<>();
        long now = START;
        for (int i = 0; i < steps; i++) {
            now += random.nextInt(100) == 0 ? random.nextInt(70_000) : random.nextInt(200);
            log.expire(now, chunks);
            long held = random.nextInt(4) * 25L;
            assertThat(log.append(now, held, chunks)).isEqualTo(all.size());
            all.add(new Entry(now, held));
            int number = random.nextInt(all.size());
            long used = random.nextInt(200);
            boolean live = all.get(number).atMillis > now - 60_000;
            assertThat(log.amend(number, used, chunks)).isEqualTo(live);
            all.get(number).tokens = live ? used : all.get(number).tokens;
            if (random.nextInt(5) == 0) {
                log = SlidingLog.restore(log.tail(), log.head(), log.tokens(), log.heldEntries());
            }
            assertThat(log.tokens()).isEqualTo(tokens(all, now));
            long most = random.nextInt((int) log.tokens() + 2);
            assertThat(log.millisUntilTokens(most, now, chunks)).isEqualTo(wait(all, most, now));
        }
    }

    private static long tokens(List<Entry> all, long atMillis) {
        return all.stream()
                .filter(entry -> entry.atMillis > atMillis - 60_000)
                .mapToLong(entry -> entry.tokens)
                .sum();
    }

    /** By trial: the first wait after which at most so many tokens are left. */
    private static long wait(List<Entry> all, long most, long now) {
        if (tokens(all, now) <= most) {
            return 0;
        }
        for (Entry entry : all) {
            long leavesAt = entry.atMillis + 60_000;
            if (leavesAt > now && tokens(all, leavesAt) <= most) {
                return leavesAt - now;
            }
        }
        throw new AssertionError("never at most " + most);
    }
}
