package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingLogTest {
    private static final long NOW = 1_790_078_400_000L;

    private final KeptChunks chunks = new KeptChunks();
    private final SlidingLog log = new SlidingLog();

    @Test
    void anEntryLeavesExactlyAfterSixtySeconds() {
        log.append(NOW, 0, chunks);
        log.expire(NOW + 59_999, chunks);
        assertThat(log.count()).isEqualTo(1);
        log.expire(NOW + 60_000, chunks);
        assertThat(log.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 127, 128, 129, 192, 200})
    void entriesOfOneMillisecondLeaveTogether(int count) {
        append(count, NOW);
        log.expire(NOW + 59_999, chunks);
        assertThat(log.count()).isEqualTo(count);
        log.expire(NOW + 60_000, chunks);
        assertThat(log.count()).isZero();
        assertThat(chunks.kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 127, 128, 129, 192, 200})
    void entriesLeaveOneByOneInTheirOrder(int count) {
        for (int i = 0; i < count; i++) {
            log.append(NOW + i, 0, chunks);
        }
        for (int i = 0; i < count; i++) {
            assertThat(log.millisUntilOldestLeaves(NOW + count)).isEqualTo(60_000 - count + i);
            log.expire(NOW + i + 60_000, chunks);
            assertThat(log.count()).isEqualTo(count - i - 1);
        }
        assertThat(chunks.kept).isEmpty();
        assertThat(log.millisUntilOldestLeaves(NOW)).isZero();
    }

    @Test
    void anAdmissionTouchesFewChunksHoweverManyAreLive() {
        append(64 * 100, NOW);
        int before = chunks.touched;
        for (int i = 0; i < 64; i++) {
            log.expire(NOW + 1 + i, chunks);
            log.append(NOW + 1 + i, 0, chunks);
        }
        assertThat(chunks.touched - before).isEqualTo(1);
    }

    @Test
    void theWaitIsUntilTheEntryLeavesThatMakesRoom() {
        for (int i = 0; i < 130; i++) {
            log.append(NOW + 10L * i, 0, chunks);
        }
        long now = NOW + 2_000;
        assertThat(log.millisUntilBelow(131, now, chunks)).isZero();
        assertThat(log.millisUntilBelow(130, now, chunks)).isEqualTo(60_000 - 2_000);
        assertThat(log.millisUntilBelow(66, now, chunks)).isEqualTo(60_000 - 2_000 + 640);
        assertThat(log.millisUntilBelow(1, now, chunks)).isEqualTo(60_000 - 2_000 + 1_290);
        assertThat(chunks.kept).as("looking removes nothing").containsOnlyKeys(1L);
    }

    @Test
    void timesNearTheEndsOfTheirRangeDoNotOverflow() {
        log.expire(Long.MIN_VALUE, chunks);
        log.append(Long.MIN_VALUE + 1, 0, chunks);
        log.expire(Long.MIN_VALUE + 60_000, chunks);
        assertThat(log.count()).as("one entry at the start of time").isEqualTo(1);
        log.expire(Long.MIN_VALUE + 60_001, chunks);
        assertThat(log.count()).isZero();
        log.append(Long.MAX_VALUE, 0, chunks);
        log.expire(Long.MAX_VALUE, chunks);
        assertThat(log.count()).isEqualTo(1);
    }

    @Test
    void whatIsHeldIsTheFirstAndTheLastChunk() {
        append(150, NOW);
        assertThat(log.heldEntries()).hasSize(2 * (64 + 22));
        assertThat(SlidingLog.heldCount(0, 150)).isEqualTo(64 + 22);
        assertThat(SlidingLog.heldCount(10, 150)).isEqualTo(54 + 22);
        assertThat(SlidingLog.heldCount(128, 150)).isEqualTo(22);
        assertThat(SlidingLog.heldCount(130, 150)).isEqualTo(20);
        assertThat(SlidingLog.heldCount(0, 128)).isEqualTo(64);
        assertThat(SlidingLog.heldCount(150, 150)).isZero();
        assertThat(SlidingLog.heldCount(128, 128)).isZero();
    }

    @Test
    void equalLogsAreEqualAndOthersAreNot() {
        append(70, NOW);
        SlidingLog same = SlidingLog.restore(log.tail(), log.head(), 0, log.heldEntries());
        long[] shifted = Arrays.stream(log.heldEntries()).map(time -> time + 1).toArray();
        SlidingLog later = SlidingLog.restore(log.tail(), log.head(), 0, shifted);
        assertThat(same).isEqualTo(log).hasSameHashCodeAs(log);
        assertThat(later).isNotEqualTo(log);
        assertThat(new SlidingLog()).isNotEqualTo(log).isNotEqualTo("log");
        assertThat(SlidingLog.restore(64, 134, 0, log.heldEntries())).isNotEqualTo(log);
        assertThat(log).hasToString("SlidingLog{tail=0, head=70, tokens=0}");
    }

    private void append(int count, long atMillis) {
        for (int i = 0; i < count; i++) {
            log.append(atMillis, 0, chunks);
        }
    }
}
