package io.sluice.sinks.result;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.util.List;

/** Result items as the tests need them. */
final class Results {
    private Results() {}

    static ResultItem succeeded(String requestId, String text) {
        return builder(requestId)
                .status(ResultStatus.SUCCEEDED)
                .decision(decision(null))
                .output(text)
                .usage(Usage.of(12, 34))
                .costPicoUsd(9_007_199_254_740_993L)
                .build();
    }

    static ResultItem failed(String requestId, String reason) {
        return builder(requestId)
                .status(ResultStatus.FAILED)
                .decision(decision(reason))
                .usage(Usage.NONE)
                .build();
    }

    private static ResultItem.Builder builder(String requestId) {
        return ResultItem.builder()
                .tenantId("acme")
                .requestId(requestId)
                .priceVersion("prices-1")
                .model("amazon.nova-micro-v1:0")
                .endpoint("chat")
                .attempt(1)
                .latencyMillis(321)
                .receivedAtMillis(1_767_225_600_000L)
                .finishedAtMillis(1_767_225_600_321L)
                .expiresAtSeconds(1_769_817_600L);
    }

    private static Decision decision(String reason) {
        return Decision.builder()
                .outcome(Verdict.INVOKED)
                .reason(reason)
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
                .decidedAtMillis(1_767_225_600_001L)
                .seq(7)
                .clockAdjusted(false)
                .build();
    }
}
