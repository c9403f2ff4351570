package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DeadLetterIdTest {
    private static final long NOON = 1_795_435_200_000L;

    @Property(tries = 300)
    void nameSortsByTimeAndGivesItBack(
            @ForAll @LongRange(max = (1L << 48) - 2) long millis, @ForAll long origin) {
        String id = DeadLetterId.of(millis, "acme", Long.toString(origin));
        assertThat(DeadLetterId.isOne(id)).as(id).isTrue();
        assertThat(DeadLetterId.millisOf(id)).isEqualTo(millis);
        assertThat(id)
                .isGreaterThan(DeadLetterId.lowerBound(millis))
                .isLessThan(DeadLetterId.lowerBound(millis + 1));
    }

    @Test
    void nameFollowsFromTimeAndOriginAlone() {
        // SHA-256 of "acme\nreq_1", its first 80 bits in base 32 of Crockford; savepoints and
        // tables know letters by this, so it never changes.
        assertThat(DeadLetterId.of(NOON, "acme", "req_1"))
                .isEqualTo(DeadLetterId.of(NOON, "acme", "req_1"))
                .isEqualTo("dl_01M844DZG0F220JZVQZADF12KR");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(DeadLetterId.of(NOON, "stream", "shard", Integer.toString(i)));
        }
        assertThat(names).hasSize(1_000);
        assertThat(DeadLetterId.of(NOON, "a", "bc")).isNotEqualTo(DeadLetterId.of(NOON, "ab", "c"));
    }

    @Test
    void lettersOfOneDayInUtcLieTogether() {
        long midnight = 1_795_392_000_000L;
        assertThat(DeadLetterId.dayOf(DeadLetterId.of(midnight - 1, "x"))).isEqualTo("2026-11-22");
        assertThat(DeadLetterId.dayOf(DeadLetterId.of(midnight, "x"))).isEqualTo("2026-11-23");
    }

    @Test
    void timesOutsideOfAUlidStayWithinIt() {
        assertThat(DeadLetterId.millisOf(DeadLetterId.of(Long.MIN_VALUE, "x"))).isZero();
        assertThat(DeadLetterId.millisOf(DeadLetterId.of(Long.MAX_VALUE, "x")))
                .isEqualTo((1L << 48) - 1);
    }

    @Test
    void whatIsNoNameIsRefused() {
        for (String text :
                new String[] {
                    "",
                    "dl_",
                    "x",
                    "dl_8" + "0".repeat(25),
                    "dl_" + "0".repeat(25),
                    "dl_" + "0".repeat(27),
                    "dl_" + "0".repeat(25) + "i",
                    "DL_" + "0".repeat(26)
                }) {
            assertThat(DeadLetterId.isOne(text)).as(text).isFalse();
            assertThatThrownBy(() -> DeadLetterId.millisOf(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
