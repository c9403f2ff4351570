package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.RoutedWorld.CHEAP;
import static io.sluice.pipeline.model.RoutedWorld.EAST;
import static io.sluice.pipeline.model.RoutedWorld.STALE;
import static io.sluice.pipeline.model.RoutedWorld.complete;
import static io.sluice.pipeline.model.RoutedWorld.degrading;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import org.junit.jupiter.api.Test;

/** What becomes of a request that no target of its route answers. */
class DegradationTest {
    private final RoutedWorld world = new RoutedWorld();

    @Test
    void nothingLeftIsAnOutcomeThatSaysWhenToTryAgain() {
        world.open(EAST, MODEL, null);
        world.clock.advanceBy(2_000);

        world.call("r1", null, null);

        ResultItem item = world.last();
        assertThat(item.status()).isEqualTo(ResultStatus.FAILED);
        assertThat(item.decision().reason()).isEqualTo("unavailable");
        assertThat(item.attempt()).isZero();
        // The decision was taken 5 ms before the test's time: 2,005 ms ago, and 3,000 ms are left.
        assertThat(item.decision().retryAfterMillis()).isEqualTo(2_005 + 3_000);
        assertThat(item.costPicoUsd()).isZero();
        assertThat(world.model.calls).isEmpty();
    }

    @Test
    void whileAProbeIsUnderWayOthersAreToldToComeBackAfterAPause() {
        world.open(EAST, MODEL, null);
        world.clock.advanceBy(10_000);
        world.model.stalling = true;
        world.call("probe", null, null);

        world.call("r1", null, null);

        assertThat(world.last().decision().reason()).isEqualTo("unavailable");
        // The decision was taken 10,005 ms ago.
        assertThat(world.last().decision().retryAfterMillis()).isEqualTo(10_005 + 5_000);
    }

    @Test
    void keptAnswerIsServedBeforeTheCheaperModelMarkedAndForNothing() {
        world.open(EAST, MODEL, null);

        ResultItem item = world.end("r1", degrading(CHEAP), STALE);

        assertThat(item.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(item.stale()).isTrue();
        assertThat(item.output()).isEqualTo(STALE);
        assertThat(item.usage()).isEqualTo(Usage.NONE);
        assertThat(item.costPicoUsd()).isZero();
        assertThat(item.region()).isNull();
        assertThat(complete(item)).as("its age must not start again").isFalse();
        assertThat(world.model.calls).isEmpty();
    }

    @Test
    void withoutAKeptAnswerTheCheaperModelAnswers() {
        world.open(EAST, MODEL, null);

        ResultItem item = world.end("r1", degrading(CHEAP), null);

        assertThat(item.model()).isEqualTo(CHEAP);
        assertThat(item.stale()).isFalse();
        // 1,000 x 0.80 + 100 x 3.20 millionths of a dollar
        assertThat(item.costPicoUsd()).isEqualTo(800_000_000L + 320_000_000L);
    }

    @Test
    void attemptsThatAreUsedUpDegradeAsWell() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);

        assertThat(world.end("r1", degrading(CHEAP), null).model()).isEqualTo(CHEAP);
        assertThat(world.places()).hasSize(5);
        assertThat(world.end("r2", degrading(CHEAP), STALE).stale()).isTrue();
    }

    @Test
    void cheaperModelThatFailsIsTheEnd() {
        world.open(EAST, MODEL, null);
        world.model.failing.put("us-east-1/" + CHEAP, ModelFailure.THROTTLED);

        ResultItem item = world.end("r1", degrading(CHEAP), null);

        assertThat(item.decision().reason()).isEqualTo("model-error");
        assertThat(world.model.calls).hasSize(1);
    }

    @Test
    void requestThatEveryTargetRefusesTurnsToWhatThePolicyHasLeft() {
        world.model.failing.put(EAST, ModelFailure.REFUSED_HERE);

        assertThat(world.end("r1", degrading(CHEAP), STALE).stale()).isTrue();
        assertThat(world.end("r2", degrading(CHEAP), null).model()).isEqualTo(CHEAP);
        ResultItem last = world.end("r3", null, null);

        assertThat(last.decision().reason()).isEqualTo("model-error");
        assertThat(world.places()).containsExactly(EAST, EAST, "us-east-1/" + CHEAP, EAST);
        assertThat(world.breakers.circuitOf(world.model.calls.get(0).target()).state())
                .as("says nothing of its health")
                .isEqualTo(Circuit.CLOSED);
    }

    @Test
    void nothingLeftIsNoEndForARequestThatAnEarlierRunGotAnAnswerTo() {
        ResultItem first = world.end("r1", null, null);

        world.restart();
        world.open(EAST, MODEL, null);
        ResultItem again = world.end("r1", null, STALE);

        assertThat(again).isEqualTo(first);
        assertThat(world.model.calls).hasSize(1);
    }

    @Test
    void lastResortOfAnEarlierRunIsNotTurnedToAgain() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);
        world.model.failing.put("us-east-1/" + CHEAP, ModelFailure.THROTTLED);
        ResultItem first = world.end("r1", degrading(CHEAP), null);
        assertThat(world.places()).hasSize(5);

        world.restart();
        ResultItem again = world.end("r1", degrading(CHEAP), null);

        assertThat(again.decision()).isEqualTo(first.decision());
        assertThat(again.attempt()).isEqualTo(5);
        assertThat(world.places()).hasSize(5);
    }
}
