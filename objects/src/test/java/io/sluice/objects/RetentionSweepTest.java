package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetentionSweepTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Duration RETENTION = Duration.ofDays(45);
    private static final long NOW = 1_000 * DAY;

    private final MapObjectStore objects = new MapObjectStore();

    @Property
    void whatIsTooOldGoesAndNothingYounger(
            @ForAll @Size(max = 60) java.util.List<@LongRange(min = -3, max = 3) Long> offsets) {
        objects.objects.clear();
        objects.writtenAtMillis.clear();
        long border = NOW - RETENTION.toMillis();
        int old = 0;
        for (int i = 0; i < offsets.size(); i++) {
            put("acme/req_" + i + "/prompt-a", border + offsets.get(i));
            old += offsets.get(i) < 0 ? 1 : 0;
        }
        RetentionSweep sweep = new RetentionSweep(objects, RETENTION, 1_000);
        assertThat(sweep.run(NOW)).isEqualTo(old);
        assertThat(objects.objects.keySet())
                .allMatch(key -> objects.writtenAtMillis.get(key) >= border)
                .hasSize(offsets.size() - old);
        assertThat(sweep.run(NOW)).isZero();
    }

    @Test
    void oneRunIsBoundedAndTheNextGoesOn() {
        for (int i = 0; i < 2_500; i++) {
            put("acme/req_" + i + "/prompt-a", 0);
        }
        RetentionSweep sweep = new RetentionSweep(objects, RETENTION, 2_000);
        assertThat(sweep.run(NOW)).isEqualTo(2_000);
        assertThat(sweep.run(NOW)).isEqualTo(500);
        assertThat(objects.objects).isEmpty();
    }

    private void put(String key, long atMillis) {
        objects.nowMillis = atMillis;
        objects.putIfAbsent(key, new byte[] {1}).join();
    }
}
