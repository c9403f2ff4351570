package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream is read when none of its shards is behind and no table is being scanned beside it. */
class ReadingProgressTest {
    private final ReadingProgress progress = new ReadingProgress();
    private final UnregisteredMetricsGroup group = new UnregisteredMetricsGroup();
    private final Counter splits = new SimpleCounter();

    @BeforeEach
    @AfterEach
    void forget() {
        ReadingProgress.begin();
    }

    @Test
    void nothingIsAtItsEndBeforeAShardIsKnown() {
        assertThat(ReadingProgress.atTheEnd()).isFalse();
    }

    @Test
    void everyShardMustHaveBeenReadToItsEnd() {
        shard(0);
        assertThat(ReadingProgress.atTheEnd()).isTrue();
        shard(-1); // What the source says before its first look.
        assertThat(ReadingProgress.atTheEnd()).isFalse();
    }

    @Test
    void tableThatIsBeingScannedKeepsTheQueryRunning() {
        shard(0);
        progress.notifyOfAddedMetric(splits, "numSplitsProcessed", group);
        assertThat(ReadingProgress.atTheEnd()).isFalse();
        progress.notifyOfRemovedMetric(splits, "numSplitsProcessed", group);
        assertThat(ReadingProgress.atTheEnd()).isTrue();
    }

    @Test
    void recordsOfAllOperatorsAreCounted() {
        for (String name : new String[] {"numRecordsIn", "numRecordsOut", "numBytesOut"}) {
            Counter counter = new SimpleCounter();
            counter.inc(3);
            progress.notifyOfAddedMetric(counter, name, group);
        }
        assertThat(ReadingProgress.moved()).isEqualTo(6);
    }

    private void shard(long behindMillis) {
        Gauge<Long> gauge = () -> behindMillis;
        progress.notifyOfAddedMetric(gauge, "millisBehindLatest", group);
    }
}
