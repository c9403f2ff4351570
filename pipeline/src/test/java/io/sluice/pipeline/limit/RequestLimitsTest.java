package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.pipeline.enforce.Facts;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static final long DAY = 86_400_000;
    private static final long NOW = Facts.NOON;

    private final KeptChunks chunks = new KeptChunks();
    private final SlidingLog minute = new SlidingLog();
    private final DayCount day = new DayCount(NOW - DAY / 2, 0);

    @Test
    void theRequestThatReachesTheLimitIsAdmittedAndTheNextIsNot() {
        assertThat(charge(2, -1, NOW).admitted()).isTrue();
        assertThat(charge(2, -1, NOW).admitted()).isTrue();
        RequestLimits third = charge(2, -1, NOW + 10);
        assertThat(third.admitted()).isFalse();
        assertThat(third.exhausted()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(third.retryAfterMillis()).isEqualTo(59_990);
        assertThat(charge(2, -1, NOW + 59_999).admitted()).isFalse();
        assertThat(charge(2, -1, NOW + 60_000).admitted()).isTrue();
    }

    @Test
    void aRequestThatOneLimitRefusesIsChargedToNone() {
        assertThat(charge(5, 1, NOW).admitted()).isTrue();
        RequestLimits refused = charge(5, 1, NOW + 1);
        assertThat(refused.exhausted()).isEqualTo(Names.REQUESTS_PER_DAY);
        assertThat(refused.retryAfterMillis()).isEqualTo(DAY / 2 - 1);
        assertThat(minute.count()).isEqualTo(1);
        assertThat(day.count()).isEqualTo(1);
        assertThat(charge(1, 5, NOW + 1).exhausted()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(minute.count()).isEqualTo(1);
        assertThat(day.count()).isEqualTo(1);
    }

    @Test
    void ofTwoExhaustedLimitsTheFirstIsNamedAndTheLongerWaitIsTold() {
        charge(1, 1, NOW);
        RequestLimits noon = charge(1, 1, NOW);
        assertThat(noon.exhausted()).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(noon.retryAfterMillis()).isEqualTo(DAY / 2);
        long beforeMidnight = NOW + DAY / 2 - 10;
        DayCount today = new DayCount(NOW - DAY / 2, 0);
        SlidingLog log = new SlidingLog();
        RequestLimits.charge(policy(1, 1), log, today, beforeMidnight, chunks);
        assertThat(
                        RequestLimits.charge(policy(1, 1), log, today, beforeMidnight, chunks)
                                .retryAfterMillis())
                .as("the minute lasts beyond midnight")
                .isEqualTo(60_000);
    }

    @Test
    void statusesTellWhatIsLeftAfterTheRequest() {
        charge(3, 10, NOW);
        RequestLimits second = charge(3, 10, NOW + 100);
        assertThat(second.retryAfterMillis()).isEqualTo(-1);
        assertThat(second.exhausted()).isNull();
        assertThat(second.statuses())
                .containsExactly(
                        status(Names.REQUESTS_PER_MINUTE, 3, 1, 59_900),
                        status(Names.REQUESTS_PER_DAY, 10, 8, DAY / 2 - 100));
    }

    @Test
    void theRequestThatFillsTheMinuteTellsWhenThereIsRoomAgain() {
        charge(2, -1, NOW);
        assertThat(charge(2, -1, NOW + 100).statuses())
                .containsExactly(status(Names.REQUESTS_PER_MINUTE, 2, 0, 59_900));
    }

    @Test
    void aLoweredLimitNeverMakesRemainingNegative() {
        for (int i = 0; i < 5; i++) {
            charge(5, 5, NOW + i);
        }
        RequestLimits lowered = charge(2, 2, NOW + 10);
        assertThat(lowered.statuses()).allMatch(status -> status.remaining() == 0);
        assertThat(lowered.statuses().get(0).resetMillis())
                .as("until the fourth leaves")
                .isEqualTo(60_003 - 10);
    }

    @Test
    void anUnlimitedPolicyHasNoStatusesButIsCounted() {
        RequestLimits unlimited = charge(-1, -1, NOW);
        assertThat(unlimited.admitted()).isTrue();
        assertThat(unlimited.statuses()).isEmpty();
        assertThat(unlimited.retryAfterMillis()).isEqualTo(-1);
        assertThat(charge(1, -1, NOW).admitted())
                .as("usage is kept when the tier changes")
                .isFalse();
    }

    @Test
    void aLimitOfZeroAdmitsNothing() {
        RequestLimits none = charge(0, -1, NOW);
        assertThat(none.admitted()).isFalse();
        assertThat(none.retryAfterMillis()).isEqualTo(60_000);
        assertThat(charge(-1, 0, NOW).exhausted()).isEqualTo(Names.REQUESTS_PER_DAY);
    }

    private RequestLimits charge(long perMinute, long perDay, long nowMillis) {
        minute.expire(nowMillis, chunks);
        day.roll(nowMillis);
        return RequestLimits.charge(policy(perMinute, perDay), minute, day, nowMillis, chunks);
    }

    private static EffectivePolicy policy(long perMinute, long perDay) {
        return Facts.policy().requestsPerMinute(perMinute).requestsPerDay(perDay).build();
    }

    private static LimitStatus status(String name, long limit, long remaining, long resetMillis) {
        return LimitStatus.builder()
                .name(name)
                .limit(limit)
                .remaining(remaining)
                .resetMillis(resetMillis)
                .build();
    }
}
