package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Usage;
import org.junit.jupiter.api.Test;

class TargetCapacityTest {
    private static final AttemptVerdict ANSWERED = AttemptVerdict.answered(Usage.of(1, 1));
    private final TargetCapacity target = ofPlaces(8);

    private static TargetCapacity ofPlaces(int places) {
        return new TargetCapacity(
                new ConcurrencyLimit(1, places, places, 50, 0), new LaneShares(10, 50), 10, null);
    }

    private boolean admits(long now) {
        return target.admits(Lane.INTERACTIVE, 1, 0, now);
    }

    private void throttledOnce(long now) {
        TargetPlace place = target.start(Lane.INTERACTIVE, 1, now);
        target.ended(place, AttemptVerdict.THROTTLED, now);
    }

    @Test
    void throttledTargetRestsTwiceAsLongEachTime() {
        throttledOnce(1_000);
        assertThat(admits(1_049)).isFalse();
        assertThat(target.nextChangeMillis(Lane.INTERACTIVE, 0, 1_000)).isEqualTo(1_050);
        assertThat(admits(1_050)).isTrue();

        throttledOnce(1_050);
        assertThat(admits(1_149)).isFalse();
        assertThat(admits(1_150)).isTrue();
        assertThat(target.throttled()).isEqualTo(2);
    }

    @Test
    void restIsBounded() {
        long now = 0;
        for (int i = 0; i < 20; i++) {
            throttledOnce(now);
            now = target.nextChangeMillis(Lane.INTERACTIVE, 0, now);
        }
        throttledOnce(now);
        assertThat(target.nextChangeMillis(Lane.INTERACTIVE, 0, now)).isEqualTo(now + 1_000);
    }

    @Test
    void afterARestOneCallAtATimeAsksUntilOneIsAnswered() {
        throttledOnce(0);
        TargetPlace asks = target.start(Lane.INTERACTIVE, 1, 50);
        assertThat(admits(99)).isFalse();
        assertThat(admits(100)).isTrue();

        target.ended(asks, ANSWERED, 60);
        assertThat(admits(60)).isTrue();
        target.start(Lane.INTERACTIVE, 1, 60);
        assertThat(admits(60)).isTrue();
    }

    @Test
    void callThatWasNotMadeDidNotAsk() {
        throttledOnce(0);
        target.ended(target.start(Lane.INTERACTIVE, 1, 50), AttemptVerdict.NOT_MADE, 51);
        assertThat(admits(51)).isTrue();

        TargetPlace asks = target.start(Lane.INTERACTIVE, 1, 51);
        assertThat(admits(51)).as("one at a time").isFalse();
        TargetPlace other = target.start(Lane.INTERACTIVE, 1, 101);
        target.ended(asks, AttemptVerdict.THROTTLED, 102);
        target.ended(other, AttemptVerdict.NOT_MADE, 103);
        assertThat(admits(103)).as("refused since").isFalse();
    }

    @Test
    void failuresTeachNothing() {
        for (AttemptVerdict end :
                new AttemptVerdict[] {AttemptVerdict.FAILED, AttemptVerdict.NOT_MADE}) {
            target.ended(target.start(Lane.BULK, 1, 0), end, 5);
            assertThat(target.limit()).isEqualTo(8);
            assertThat(admits(5)).isTrue();
        }
        assertThat(target.running()).isZero();
    }

    @Test
    void singlePlaceIsBulksAfterSoManyInteractiveCalls() {
        TargetCapacity single = ofPlaces(1);
        int starts = 0;
        while (single.admits(Lane.INTERACTIVE, 1, 1, 0)) {
            single.ended(single.start(Lane.INTERACTIVE, 1, 0), ANSWERED, 0);
            starts++;
        }
        assertThat(starts).isEqualTo(10);
        assertThat(single.admits(Lane.BULK, 1, 1, 0)).isTrue();
        single.ended(single.start(Lane.BULK, 1, 0), ANSWERED, 0);
        assertThat(single.admits(Lane.BULK, 1, 1, 0)).isFalse();
        assertThat(single.admits(Lane.INTERACTIVE, 1, 1, 0)).isTrue();
    }
}
