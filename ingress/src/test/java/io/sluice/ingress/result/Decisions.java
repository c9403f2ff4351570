package io.sluice.ingress.result;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.time.Instant;
import java.util.List;

/** Decisions and results to answer with. */
final class Decisions {
    /** A day in a month of 28 days. */
    static final long DECIDED_AT_MILLIS = Instant.parse("2027-02-14T12:00:00Z").toEpochMilli();

    private Decisions() {}

    static LimitStatus limit(String name, long limit, long remaining, long resetMillis) {
        return LimitStatus.builder()
                .name(name)
                .limit(limit)
                .remaining(remaining)
                .resetMillis(resetMillis)
                .build();
    }

    /** Every limit there is. */
    static List<LimitStatus> everyLimit() {
        return List.of(
                limit(Names.REQUESTS_PER_MINUTE, 10, 9, 59_001),
                limit(Names.REQUESTS_PER_DAY, 1_000, 990, 43_200_000),
                limit(Names.TOKENS_PER_MINUTE, 50_000, 48_000, 60_000),
                limit(Names.MAX_PENDING, 100, 7, -1),
                limit(Names.BUDGET_PER_DAY, 1_500_000_000_000L, 1_499_999_999_999L, 43_200_000),
                limit(Names.BUDGET_PER_MONTH, 20_000_000_000_000L, 0, 1_252_800_000));
    }

    static Decision decision(List<LimitStatus> limits) {
        return Decision.builder()
                .outcome(Verdict.INVOKED)
                .retryAfterMillis(-1)
                .limits(limits)
                .policyVersion(3)
                .decidedAtMillis(DECIDED_AT_MILLIS)
                .seq(5)
                .build();
    }

    static ResultItem rejected(String reason, long retryAfterMillis, LimitStatus... limits) {
        return item(
                ResultStatus.REJECTED,
                decision(List.of(limits)).toBuilder()
                        .outcome(Verdict.REJECTED)
                        .reason(reason)
                        .retryAfterMillis(retryAfterMillis)
                        .build());
    }

    static ResultItem failed(String reason) {
        return item(ResultStatus.FAILED, decision(List.of()).toBuilder().reason(reason).build());
    }

    static ResultItem item(ResultStatus status, Decision decision) {
        return ResultItem.builder()
                .tenantId("acme")
                .requestId("req_1")
                .status(status)
                .decision(decision)
                .usage(Usage.of(0, 0))
                .priceVersion("p1")
                .model("m")
                .endpoint("chat")
                .attempt(1)
                .receivedAtMillis(DECIDED_AT_MILLIS)
                .finishedAtMillis(DECIDED_AT_MILLIS)
                .expiresAtSeconds(DECIDED_AT_MILLIS / 1_000 + ResultItem.RETENTION_SECONDS)
                .build();
    }
}
