package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.usage.Dimensions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Holds are a map from request to hold, wherever each of them lies. */
class HoldsPropertiesTest {
    private static final long[] MONEY = {0, 1, 5, 1_000, Long.MAX_VALUE / 2, Long.MAX_VALUE};

    @Property
    void holdsAreAMapWithSums(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        Random random = new Random(seed);
        MemoryTenantState overflow = new MemoryTenantState();
        Holds holds = new Holds();
        NavigableMap<String, Hold> plain = new TreeMap<>();
        for (int i = 0; i < steps; i++) {
            if (plain.isEmpty() || random.nextInt(5) < 3) {
                Hold hold = hold(random, false);
                holds.add("r" + i, hold, overflow);
                plain.put("r" + i, hold);
            } else {
                String id = new ArrayList<>(plain.keySet()).get(random.nextInt(plain.size()));
                Hold before = plain.get(id);
                if (random.nextBoolean()) {
                    holds.remove(id, before, overflow);
                    plain.remove(id);
                } else {
                    Hold after = hold(random, random.nextBoolean());
                    holds.replace(id, before, after, overflow);
                    plain.put(id, after);
                }
            }
            holds = restored(holds);
            check(holds, plain, overflow, random.nextInt(100));
        }
    }

    private static void check(
            Holds holds,
            NavigableMap<String, Hold> plain,
            MemoryTenantState overflow,
            long nowMillis) {
        plain.forEach((id, hold) -> assertThat(holds.get(id, overflow)).isSameAs(hold));
        assertThat(holds.get("stranger", overflow)).isNull();
        assertThat(holds.isEmpty()).isEqualTo(plain.isEmpty());
        assertThat(holds.inline().size()).isLessThanOrEqualTo(Holds.INLINE);
        assertThat(holds.overflowing()).isEqualTo(plain.size() - holds.inline().size());
        BigInteger held = BigInteger.ZERO;
        int pending = 0;
        long next = Long.MAX_VALUE;
        List<String> due = new ArrayList<>();
        for (var entry : plain.entrySet()) {
            Hold hold = entry.getValue();
            pending += hold.expired() ? 0 : 1;
            held = held.add(BigInteger.valueOf(hold.expired() ? 0 : hold.picoUsd()));
            if (hold.expiresAtMillis() <= nowMillis) {
                due.add(entry.getKey());
            } else {
                next = Math.min(next, hold.expiresAtMillis());
            }
        }
        assertThat(holds.pending()).isEqualTo(pending);
        assertThat(holds.heldPicoUsd()).isEqualTo(ReferenceBooks.capped(held));
        assertThat(holds.anyDue(nowMillis, overflow)).isEqualTo(!due.isEmpty());
        Holds copy = restored(holds);
        assertThat(copy.due(nowMillis, overflow)).isEqualTo(due);
        if (!due.isEmpty()) {
            assertThat(copy.nextExpiryMillis()).isEqualTo(next);
        }
        assertThat(holds.nextExpiryMillis()).isLessThanOrEqualTo(due.isEmpty() ? next : nowMillis);
    }

    private static Holds restored(Holds holds) {
        return new Holds(
                new TreeMap<>(holds.inline()),
                holds.overflowing(),
                holds.pending(),
                holds.heldPicoUsd(),
                holds.nextExpiryMillis());
    }

    private static Hold hold(Random random, boolean expired) {
        long picoUsd = expired ? 0 : MONEY[random.nextInt(MONEY.length)];
        return new Hold(
                Hold.Role.ALONE,
                expired,
                "",
                null,
                Dimensions.NONE,
                0,
                0,
                0,
                0,
                picoUsd,
                random.nextInt(100),
                0);
    }

    @Test
    void aFollowerIsDueWithItsLeaderOnly() {
        Hold waiting =
                new Hold(
                        Hold.Role.FOLLOWER,
                        false,
                        "k",
                        null,
                        Dimensions.NONE,
                        0,
                        0,
                        0,
                        0,
                        0,
                        100,
                        0);
        assertThat(waiting.isDue(100)).isFalse();
        assertThat(waiting.asLeader(1, 1).isDue(99)).isFalse();
        assertThat(waiting.asLeader(1, 1).isDue(100)).isTrue();
        assertThat(waiting.asLeader(1, 1).asExpired(200).isDue(199)).isFalse();
        assertThat(waiting.asLeader(1, 1).asExpired(200).isDue(200)).isTrue();
    }
}
