package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.UsageItems.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.UsageItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VersionedBufferTest {
    private final VersionedBuffer<UsageItem> buffer = new VersionedBuffer<>(500);

    @Test
    void windowWaitsForNewerCountsAndIsWrittenOnce() {
        buffer.offer(usage("a", 0, 1), 0);
        buffer.offer(usage("a", 0, 3), 200);
        buffer.offer(usage("a", 0, 2), 300);

        assertThat(buffer.poll(499)).isNull();
        assertThat(buffer.poll(500)).isEqualTo(usage("a", 0, 3));
        assertThat(buffer.poll(10_000)).isNull();
    }

    @Test
    void newerCountsDoNotPostponeTheWrite() {
        for (int i = 0; i < 10; i++) {
            buffer.offer(usage("a", 0, i), 100L * i);
        }

        assertThat(buffer.nextDueAtMillis()).isEqualTo(500);
    }

    @Test
    void windowUnderWayIsNotWrittenASecondTime() {
        buffer.offer(usage("a", 0, 1), 0);
        UsageItem first = buffer.poll(500);
        buffer.offer(usage("a", 0, 2), 600);

        assertThat(buffer.poll(100_000)).isNull();
        buffer.acknowledged(first, 700);
        assertThat(buffer.poll(1_199)).isNull();
        assertThat(buffer.poll(1_200)).isEqualTo(usage("a", 0, 2));
    }

    @Test
    void failedWriteIsRepeatedWithTheNewestCounts() {
        buffer.offer(usage("a", 0, 1), 0);
        UsageItem first = buffer.poll(500);
        buffer.offer(usage("a", 0, 5), 600);
        buffer.failed(first, 2_000);

        assertThat(buffer.poll(1_999)).isNull();
        assertThat(buffer.poll(2_000)).isEqualTo(usage("a", 0, 5));
    }

    @Test
    void drainingSkipsTheWaitButNotTheBackoff() {
        buffer.offer(usage("a", 0, 1), 0);
        UsageItem failing = buffer.poll(500);
        buffer.failed(failing, 5_000);
        buffer.offer(usage("b", 0, 1), 600);

        buffer.startDraining(600);

        assertThat(buffer.poll(600)).isEqualTo(usage("b", 0, 1));
        assertThat(buffer.poll(600)).isNull();
        assertThat(buffer.poll(5_000)).isEqualTo(usage("a", 0, 1));
    }

    @Test
    void entryLeavesOnlyWhenAcknowledged() {
        buffer.offer(usage("a", 0, 1), 0);
        UsageItem item = buffer.poll(500);
        assertThat(buffer.size()).isEqualTo(1);

        buffer.failed(item, 600);
        assertThat(buffer.size()).isEqualTo(1);

        buffer.acknowledged(buffer.poll(600), 601);
        assertThat(buffer.size()).isZero();
        assertThat(buffer.inFlight()).isZero();
    }

    /** Whatever happens in whatever order, the highest version of each window gets written. */
    @Property
    void highestVersionOfEachWindowIsWrittenInTheEnd(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        Random random = new Random(seed);
        VersionedBuffer<UsageItem> tested = new VersionedBuffer<>(500);
        Map<Integer, Long> offered = new HashMap<>();
        Map<Integer, Long> written = new HashMap<>();
        List<UsageItem> underWay = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < steps || tested.size() > 0; i++) {
            now += random.nextInt(400);
            if (i < steps) {
                int minute = random.nextInt(3);
                long version = random.nextInt(100);
                offered.merge(minute, version, Math::max);
                tested.offer(usage("a", minute, version), now);
            }
            UsageItem due = tested.poll(now);
            if (due != null) {
                underWay.add(due);
            }
            if (!underWay.isEmpty() && random.nextBoolean()) {
                UsageItem ended = underWay.remove(random.nextInt(underWay.size()));
                if (random.nextBoolean()) {
                    tested.failed(ended, now + random.nextInt(1_000));
                } else {
                    int minute =
                            (int) ((ended.key().windowStartMillis() - 1_767_225_600_000L) / 60_000);
                    written.merge(minute, ended.version(), Math::max);
                    tested.acknowledged(ended, now);
                }
            }
            assertThat(tested.inFlight()).isEqualTo(underWay.size());
            assertThat(underWay.stream().map(u -> u.key().rangeKey()).distinct().count())
                    .isEqualTo(underWay.size());
        }
        assertThat(written).isEqualTo(offered);
    }
}
