package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LaneSharesPropertiesTest {
    /** Both lanes always want more; calls end at random. */
    @Property(tries = 200)
    void limitHoldsAndEachLaneHasItsPart(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 400) int limit,
            @ForAll @IntRange(min = 1, max = 99) int least,
            @ForAll @IntRange(min = 0, max = 98) int more) {
        int most = Math.min(99, least + more);
        LaneShares shares = new LaneShares(least, most);
        Random random = new Random(seed);
        int interactive = 0;
        int bulk = 0;
        int interactiveStarts = 0;
        int bulkStarts = 0;
        for (int i = 0; i < 2_000; i++) {
            if (shares.admits(Lane.INTERACTIVE, 1, limit, interactive, bulk, 1)) {
                interactive++;
                interactiveStarts++;
            } else if (shares.admits(Lane.BULK, 1, limit, interactive, bulk, 1)) {
                bulk++;
                bulkStarts++;
            } else if (random.nextInt(4) == 0 && bulk > 0) {
                bulk--;
            } else if (interactive > 0) {
                interactive--;
            }
            assertThat(interactive + bulk).isLessThanOrEqualTo(limit);
            assertThat(bulk).isLessThanOrEqualTo(Math.max(1, limit * least / 100));
        }
        assertThat(bulkStarts).isPositive();
        assertThat(interactiveStarts).isPositive();
    }

    @Property
    void bulkWorkAloneLeavesRoomForWhatIsInteractive(
            @ForAll @IntRange(min = 2, max = 400) int limit,
            @ForAll @IntRange(min = 1, max = 99) int most) {
        LaneShares shares = new LaneShares(1, most);
        int bulk = 0;
        while (shares.admits(Lane.BULK, 1, limit, 0, bulk, 0)) {
            bulk++;
        }
        assertThat(bulk).isEqualTo(Math.max(1, limit * most / 100)).isLessThan(limit);
        assertThat(shares.admits(Lane.INTERACTIVE, 1, limit, 0, bulk, 1)).isTrue();
    }

    /** Amounts of any size, for a lane that nothing of is used: it gets its turn. */
    @Property
    void largeAmountsDoNotStarve(
            @ForAll @IntRange(min = 100, max = 100_000) int limit,
            @ForAll @IntRange(min = 1, max = 1_000_000) int amount,
            @ForAll @IntRange(min = 1, max = 1_000_000) int other) {
        LaneShares shares = new LaneShares(10, 50);
        long interactive = 0;
        while (shares.admits(Lane.INTERACTIVE, 1, limit, interactive, 0, amount)) {
            interactive += Math.max(1, limit / 50);
        }
        // The other lane took all it could beside the one that waits.
        long fair = Math.min(interactive, limit - Math.min(limit / 2, amount));
        assertThat(shares.admits(Lane.BULK, amount, limit, fair, 0, other)).isTrue();
        assertThat(shares.admits(Lane.INTERACTIVE, amount, limit, 0, 0, other)).isTrue();
    }

    @Test
    void interactiveWorkTakesAllThatBulkWorkDoesNotWant() {
        LaneShares shares = new LaneShares(10, 50);
        assertThat(shares.admits(Lane.INTERACTIVE, 1, 10, 9, 0, 0)).isTrue();
        assertThat(shares.admits(Lane.INTERACTIVE, 1, 10, 9, 0, 1)).isFalse();
        assertThat(shares.admits(Lane.INTERACTIVE, 1, 10, 8, 0, 1)).isTrue();
    }

    @Test
    void sharesThatAreNoneAreRefusedByName() {
        assertThatThrownBy(() -> new LaneShares(60, 50))
                .hasMessageContaining("Invoke/target.bulk.least.percent")
                .hasMessageContaining("seen 60 and 50");
    }
}
