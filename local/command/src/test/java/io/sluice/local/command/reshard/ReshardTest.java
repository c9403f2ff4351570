package io.sluice.local.command.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshardTest {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ScriptedSystem system = new ScriptedSystem();
    private final List<String> progress = new ArrayList<>();

    @Test
    void streamIsScaledWhileWritesPauseAndTheyGoOnWhenTheJobReadsTheNewShards() throws Exception {
        assertThat(reshard(8).shardsBefore()).isEqualTo(2);
        assertThat(system.calls)
                .containsExactly("pause", "scale to 4", "scale to 8", "checkpoint", "go on");
        assertThat(system.writesPause()).isFalse();
        assertThat(progress)
                .containsSubsequence(
                        "job has read what there was",
                        "stream has 4 shards",
                        "stream has 8 shards",
                        "job reads 8 shards",
                        "writes go on");
    }

    @Test
    void nothingIsScaledBeforeEveryWriterHasHeardOfThePause() throws Exception {
        system.lagMillis = 0;
        reshard(4);
        assertThat(system.millis()).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void sameCountOnlyWaitsForTheJob() throws Exception {
        system.shardsRead = 1;
        reshard(2);
        assertThat(system.calls).containsExactly("pause", "checkpoint", "go on");
        assertThat(progress).contains("stream has 2 shards already");
    }

    @Test
    void runThatDiedIsRepairedByTheNext() throws Exception {
        system.scalingsThatWork = 1;
        assertThatThrownBy(() -> reshard(8)).isInstanceOf(IOException.class);
        assertThat(system.writesPause()).isFalse();
        system.scalingsThatWork = Integer.MAX_VALUE;
        system.calls.clear();
        reshard(8);
        assertThat(system.calls).containsExactly("pause", "scale to 8", "checkpoint", "go on");
    }

    @Test
    void jobThatDoesNotCatchUpHoldsTheScalingUpForHalfThePauseOnly() throws Exception {
        system.lagMillis = Duration.ofHours(1).toMillis();
        reshard(4);
        assertThat(system.calls).contains("scale to 4");
        assertThat(progress).anyMatch(line -> line.endsWith("it keeps the order all the same"));
    }

    @Test
    void jobThatIsDownIsToldAndWritesGoOnLongBeforePatienceEnds() {
        system.jobIsDown = true;
        assertThatThrownBy(() -> reshard(4))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("the stream has 4 shards")
                .hasMessageContaining("run this again");
        assertThat(system.writesPause()).isFalse();
    }

    @Test
    void pauseOfSomebodyElseIsRespected() {
        system.somebodyElsePauses = true;
        assertThatThrownBy(() -> reshard(4)).isInstanceOf(FindingException.class);
        assertThat(system.calls).isEmpty();
    }

    private Reshard.Done reshard(int shards) throws Exception {
        return new Reshard(system, system, system, system, progress::add)
                .to(shards, PAUSE, PATIENCE);
    }
}
