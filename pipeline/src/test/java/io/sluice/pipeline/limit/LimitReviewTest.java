package io.sluice.pipeline.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.enforce.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitReviewTest {
    private static final long DAY = 86_400_000;
    private static final long NOW = Facts.NOON;

    private final KeptChunks chunks = new KeptChunks();
    private final SlidingLog minute = new SlidingLog();
    private final DayCount day = new DayCount(NOW - DAY / 2, 0);

    @Test
    void theRequestThatReachesTheLimitIsAdmittedAndTheNextIsNot() {
        assertThat(charge(2, -1, NOW).admitted).isTrue();
        assertThat(charge(2, -1, NOW).admitted).isTrue();
        Verdict third = charge(2, -1, NOW + 10);
        assertThat(third.admitted).isFalse();
        assertThat(third.reason).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(third.retryAfterMillis).isEqualTo(59_990);
        assertThat(charge(2, -1, NOW + 59_999).admitted).isFalse();
        assertThat(charge(2, -1, NOW + 60_000).admitted).isTrue();
    }

    @Test
    void aRequestThatOneLimitRefusesIsChargedToNone() {
        assertThat(charge(5, 1, NOW).admitted).isTrue();
        Verdict refused = charge(5, 1, NOW + 1);
        assertThat(refused.reason).isEqualTo(Names.REQUESTS_PER_DAY);
        assertThat(refused.retryAfterMillis).isEqualTo(DAY / 2 - 1);
        assertThat(minute.count()).isEqualTo(1);
        assertThat(day.count()).isEqualTo(1);
        assertThat(charge(1, 5, NOW + 1).reason).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(minute.count()).isEqualTo(1);
        assertThat(day.count()).isEqualTo(1);
    }

    @Test
    void ofTwoExhaustedLimitsTheFirstIsNamedAndTheLongerWaitIsTold() {
        charge(1, 1, NOW);
        Verdict noon = charge(1, 1, NOW);
        assertThat(noon.reason).isEqualTo(Names.REQUESTS_PER_MINUTE);
        assertThat(noon.retryAfterMillis).isEqualTo(DAY / 2);
        long beforeMidnight = NOW + DAY / 2 - 10;
        DayCount today = new DayCount(NOW - DAY / 2, 0);
        SlidingLog log = new SlidingLog();
        charge(policy(1, 1), log, today, beforeMidnight);
        assertThat(charge(policy(1, 1), log, today, beforeMidnight).retryAfterMillis)
                .as("the minute lasts beyond midnight")
                .isEqualTo(60_000);
    }

    @Test
    void statusesTellWhatIsLeftAfterTheRequest() {
        charge(3, 10, NOW);
        Verdict second = charge(3, 10, NOW + 100);
        assertThat(second.retryAfterMillis).isEqualTo(-1);
        assertThat(second.reason).isNull();
        assertThat(second.statuses)
                .containsExactly(
                        status(Names.REQUESTS_PER_MINUTE, 3, 1, 59_900),
                        status(Names.REQUESTS_PER_DAY, 10, 8, DAY / 2 - 100));
    }

    @Test
    void theRequestThatFillsTheMinuteTellsWhenThereIsRoomAgain() {
        charge(2, -1, NOW);
        assertThat(charge(2, -1, NOW + 100).statuses)
                .containsExactly(status(Names.REQUESTS_PER_MINUTE, 2, 0, 59_900));
    }

    @Test
    void aLoweredLimitNeverMakesRemainingNegative() {
        for (int i = 0; i < 5; i++) {
            charge(5, 5, NOW + i);
        }
        Verdict lowered = charge(2, 2, NOW + 10);
        assertThat(lowered.statuses).allMatch(status -> status.remaining() == 0);
        assertThat(lowered.statuses.get(0).resetMillis())
                .as("until the fourth leaves")
                .isEqualTo(60_003 - 10);
    }

    @Test
    void anUnlimitedPolicyHasNoStatusesButIsCounted() {
        Verdict unlimited = charge(-1, -1, NOW);
        assertThat(unlimited.admitted).isTrue();
        assertThat(unlimited.statuses).isEmpty();
        assertThat(unlimited.retryAfterMillis).isEqualTo(-1);
        assertThat(charge(1, -1, NOW).admitted).as("usage is kept when the tier changes").isFalse();
    }

    @Test
    void aLimitOfZeroAdmitsNothing() {
        Verdict none = charge(0, -1, NOW);
        assertThat(none.admitted).isFalse();
        assertThat(none.retryAfterMillis).as("waiting does not help").isEqualTo(-1);
        assertThat(charge(-1, 0, NOW).reason).isEqualTo(Names.REQUESTS_PER_DAY);
    }

    private record Verdict(
            boolean admitted,
            @Nullable String reason,
            long retryAfterMillis,
            List<LimitStatus> statuses) {}

    private Verdict charge(long perMinute, long perDay, long nowMillis) {
        minute.expire(nowMillis, chunks);
        day.roll(nowMillis);
        return charge(policy(perMinute, perDay), minute, day, nowMillis);
    }

    private Verdict charge(EffectivePolicy policy, SlidingLog log, DayCount count, long nowMillis) {
        LimitReview review = new LimitReview(policy, log, count, nowMillis, chunks);
        review.requests();
        if (!review.refused()) {
            log.append(nowMillis, 0, chunks);
            count.add();
        }
        return new Verdict(
                !review.refused(),
                review.reason(),
                review.retryAfterMillis(),
                review.statuses(
                        0,
                        new Spending(Spending.Period.DAY, 0, 0),
                        new Spending(Spending.Period.MONTH, 0, 0),
                        0));
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
