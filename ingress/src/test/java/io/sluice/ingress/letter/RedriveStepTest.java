package io.sluice.ingress.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.ingress.stream.AppendAgain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedriveStepTest {
    private static final long BEGAN = 1_795_435_200_000L;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void letterThatNobodyRedroveIsBegun() {
        DeadLetterItem fresh = item(null, false);
        assertThat(RedriveStep.of(fresh, BEGAN + 100 * DAY, DAY)).isEqualTo(RedriveStep.BEGIN);
    }

    @Test
    void appendIsRepeatedOnlyWhileTheEngineSurelyKnowsTheId() {
        assertThat(after(-MINUTE)).isEqualTo(RedriveStep.REPEAT);
        assertThat(after(50 * MINUTE - 1)).isEqualTo(RedriveStep.REPEAT);
        assertThat(after(50 * MINUTE)).isEqualTo(RedriveStep.WAIT);
    }

    @Test
    void redriveBeginsAnewOnlyWhenTheStreamSurelyForgotTheFirst() {
        long lastAppend = AppendAgain.minutes() * MINUTE;
        assertThat(after(lastAppend + DAY)).isEqualTo(RedriveStep.WAIT);
        assertThat(after(DAY + 60 * MINUTE)).isEqualTo(RedriveStep.WAIT);
        assertThat(after(DAY + 60 * MINUTE + 1)).isEqualTo(RedriveStep.BEGIN_ANEW);
    }

    @Test
    void storedRedriveIsNeverRepeated() {
        DeadLetterItem stored = item("req_2", true);
        for (long age : new long[] {0, 55 * MINUTE, 29 * DAY}) {
            assertThat(RedriveStep.of(stored, BEGAN + age, DAY)).isEqualTo(RedriveStep.NOTHING);
        }
    }

    private static RedriveStep after(long age) {
        return RedriveStep.of(item("req_2", false), BEGAN + age, DAY);
    }

    private static DeadLetterItem item(String as, boolean stored) {
        DeadLetter letter =
                DeadLetter.builder()
                        .reason(DeadLetterReason.EXHAUSTED.wireName())
                        .detail("model-error")
                        .partitionKey("acme")
                        .requestId("req_1")
                        .arrivedAtMillis(1)
                        .diedAtMillis(2)
                        .raw("")
                        .build();
        return DeadLetterItem.stored(letter, 0, 1, as, as == null ? 0 : BEGAN, stored);
    }
}
