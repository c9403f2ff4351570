package io.sluice.sinks.ledger;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;

/** Attempts as the tests need them. */
final class Attempts {
    private Attempts() {}

    static AttemptItem claim(String requestId, int number, String runId) {
        return AttemptItem.builder()
                .tenantId("acme")
                .requestId(requestId)
                .attempt(number)
                .runId(runId)
                .target("us-east-1/amazon.nova-micro-v1:0")
                .model("amazon.nova-micro-v1:0")
                .claimedAtMillis(1_767_225_600_000L)
                .endsByMillis(1_767_225_900_000L)
                .expiresAtSeconds(1_769_817_600L)
                .build();
    }

    static AttemptItem answered(AttemptItem claim, String output) {
        return claim.finished(
                AttemptEnd.builder()
                        .finishedAtMillis(1_767_225_600_321L)
                        .finishedBy(claim.runId())
                        .status(OutcomeStatus.SUCCEEDED)
                        .stopReason("end_turn")
                        .usage(Usage.of(12, 34))
                        .costPicoUsd(9_007_199_254_740_993L)
                        .priceVersion("prices-1")
                        .latencyMillis(321)
                        .output(output)
                        .build());
    }
}
