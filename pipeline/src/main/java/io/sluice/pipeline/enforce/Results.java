package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Final results of requests that needed no call of their own. They cost nothing, and a replay makes
 * the same ones.
 */
final class Results {
    private Results() {}

    static ResultItem rejected(RequestFacts facts, Decision decision) {
        return item(facts, decision, ResultStatus.REJECTED, null, decision.decidedAtMillis());
    }

    static ResultItem answered(
            RequestFacts facts, Decision decision, @Nullable String answer, long atMillis) {
        return item(facts, decision, ResultStatus.SUCCEEDED, answer, atMillis);
    }

    static ResultItem failed(
            RequestFacts facts, Decision decision, @Nullable String reason, long atMillis) {
        return item(
                facts,
                decision.toBuilder().reason(reason).build(),
                ResultStatus.FAILED,
                null,
                atMillis);
    }

    static ResultItem cancelled(RequestFacts facts, Decision decision, long atMillis) {
        return item(
                facts,
                decision.toBuilder().reason(Names.CANCELLED).build(),
                ResultStatus.CANCELLED,
                null,
                atMillis);
    }

    private static ResultItem item(
            RequestFacts facts,
            Decision decision,
            ResultStatus status,
            @Nullable String answer,
            long atMillis) {
        return ResultItem.builder()
                .tenantId(facts.tenantId())
                .isolation(facts.policy().isolation())
                .requestId(facts.requestId())
                .status(status)
                .decision(decision)
                .output(answer)
                .usage(Usage.NONE)
                .costPicoUsd(0)
                .priceVersion(facts.policy().priceVersion())
                .model(model(facts, decision))
                .endpoint(facts.labels().endpoint())
                .attempt(0)
                .latencyMillis(0)
                .receivedAtMillis(facts.receivedAtMillis())
                .finishedAtMillis(atMillis)
                .expiresAtSeconds(atMillis / 1000 + ResultItem.RETENTION_SECONDS)
                .build();
    }

    private static String model(RequestFacts facts, Decision decision) {
        return decision.downgradedTo() == null ? facts.model() : decision.downgradedTo();
    }
}
