package io.sluice.pipeline.topology.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EndedShardsTest {
    private final EndedShards ended = new EndedShards();

    @Test
    void endThatNoCheckpointCompletedIsNotForGood() {
        ended.snapshotted(1, Set.of("a"));
        assertThat(ended.forGood()).isEmpty();
        ended.completed(1);
        assertThat(ended.forGood()).containsExactly("a");
    }

    @Test
    void checkpointThatWasCompletedSaysNothingOfLaterEnds() {
        ended.snapshotted(1, Set.of());
        ended.snapshotted(2, Set.of("a"));
        ended.completed(1);
        assertThat(ended.forGood()).isEmpty();
    }

    @Test
    void failedCheckpointIsPassedOver() {
        ended.snapshotted(1, Set.of("a"));
        ended.snapshotted(2, Set.of("a", "b"));
        ended.completed(2);
        assertThat(ended.forGood()).containsExactlyInAnyOrder("a", "b");
        ended.completed(3);
        assertThat(ended.forGood()).containsExactlyInAnyOrder("a", "b");
    }
}
