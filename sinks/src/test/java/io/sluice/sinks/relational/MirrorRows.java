package io.sluice.sinks.relational;

import io.sluice.contract.Decision;
import io.sluice.contract.Granularity;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.Verdict;
import java.math.BigInteger;
import java.util.List;

/** Rows of the mirror as the tests need them. */
final class MirrorRows {
    static final long NEW_YEAR = 1_767_225_600_000L;

    /** More than a long holds, and its last digit counts. */
    static final BigInteger MUCH = new BigInteger("9223372036854775808000001");

    private MirrorRows() {}

    /** A row whose counts tell its version. */
    static MirrorRow usage(String tenantId, int minute, long version) {
        return MirrorRow.of(item(tenantId, minute, version).build(), false);
    }

    static UsageItem.Builder item(String tenantId, int minute, long version) {
        return UsageItem.builder()
                .tenantId(tenantId)
                .key(key(minute).build())
                .counts(
                        UsageCounts.builder()
                                .requests(version)
                                .costPicoUsd(MUCH.multiply(BigInteger.valueOf(version)))
                                .build())
                .version(version);
    }

    static UsageKey.Builder key(int minute) {
        return UsageKey.builder()
                .granularity(Granularity.MINUTE)
                .windowStartMillis(NEW_YEAR + 60_000L * minute)
                .model("amazon.nova-micro-v1:0")
                .endpoint("chat")
                .agentId("-")
                .costCenter("-");
    }

    static ResultItem result(String tenantId, String requestId, String output) {
        return ResultItem.builder()
                .tenantId(tenantId)
                .requestId(requestId)
                .status(ResultStatus.SUCCEEDED)
                .decision(decision())
                .output(output)
                .usage(Usage.of(12, 34))
                .costPicoUsd(9_007_199_254_740_993L)
                .priceVersion("prices-1")
                .model("amazon.nova-micro-v1:0")
                .endpoint("chat")
                .attempt(1)
                .latencyMillis(321)
                .receivedAtMillis(NEW_YEAR)
                .finishedAtMillis(NEW_YEAR + 321)
                .expiresAtSeconds(1_769_817_600L)
                .build();
    }

    private static Decision decision() {
        return Decision.builder()
                .outcome(Verdict.INVOKED)
                .retryAfterMillis(-1)
                .limits(
                        List.of(
                                LimitStatus.builder()
                                        .name("requests-per-minute")
                                        .limit(10)
                                        .remaining(9)
                                        .resetMillis(60_000)
                                        .build()))
                .policyVersion(3)
                .decidedAtMillis(NEW_YEAR + 1)
                .seq(7)
                .build();
    }
}
