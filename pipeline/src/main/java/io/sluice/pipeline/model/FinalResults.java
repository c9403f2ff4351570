package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Decision;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PriceBook;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.policy.ModelId;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Final results of calls, from what the ledger says of their attempts, and the outcomes that follow
 * from whatever result stands.
 */
final class FinalResults {
    private final PriceBook prices;

    FinalResults(PriceBook prices) {
        this.prices = prices;
    }

    /** The result of an answered attempt: the same whenever it is made. */
    ResultItem succeeded(Invocation invocation, AttemptItem answered) {
        AttemptEnd end = Objects.requireNonNull(answered.end(), answered.rangeKey());
        Target target = Target.ofKey(answered.target());
        return base(invocation, end.finishedAtMillis())
                .region(target.region())
                .serviceTier(target.tier())
                .status(ResultStatus.SUCCEEDED)
                .decision(invocation.admitted().decision())
                .output(end.output())
                .usage(end.usage())
                .costPicoUsd(end.costPicoUsd())
                .priceVersion(end.priceVersion())
                .model(answered.model())
                .latencyMillis(end.latencyMillis())
                .build();
    }

    /**
     * The result of a request that an earlier answer is served to, because no model was left. It
     * costs the tenant nothing.
     */
    ResultItem stale(Invocation invocation, String answer, long nowMillis) {
        return base(invocation, nowMillis)
                .status(ResultStatus.SUCCEEDED)
                .decision(invocation.admitted().decision())
                .output(answer)
                .stale(true)
                .usage(Usage.NONE)
                .build();
    }

    /** The result of a request that no target may be called for until so much later. */
    ResultItem unavailable(Invocation invocation, long retryAfterMillis, long nowMillis) {
        Decision decision = invocation.admitted().decision();
        // Counted from the decision, like the waits of limits.
        long sinceDecision = Math.max(0, nowMillis - decision.decidedAtMillis());
        ResultItem failed = failed(invocation, Names.UNAVAILABLE, nowMillis);
        return failed.toBuilder()
                .decision(
                        failed.decision().toBuilder()
                                .retryAfterMillis(sinceDecision + retryAfterMillis)
                                .build())
                .build();
    }

    /** The result of a request that got no answer. */
    ResultItem failed(Invocation invocation, String reason, long nowMillis) {
        return without(invocation, ResultStatus.FAILED, reason, nowMillis);
    }

    /** The result of a request that was withdrawn before its call started. */
    ResultItem cancelled(Invocation invocation, long nowMillis) {
        return without(invocation, ResultStatus.CANCELLED, Names.CANCELLED, nowMillis);
    }

    private ResultItem without(
            Invocation invocation, ResultStatus status, String reason, long nowMillis) {
        return base(invocation, nowMillis)
                .status(status)
                .decision(invocation.admitted().decision().toBuilder().reason(reason).build())
                .usage(Usage.NONE)
                .build();
    }

    /** The same without an answer that cannot be stored; what it cost is still booked. */
    static ResultItem withoutOutput(ResultItem item) {
        return item.toBuilder()
                .status(ResultStatus.FAILED)
                .decision(item.decision().toBuilder().reason(Names.PAYLOAD_ERROR).build())
                .output(null)
                .build();
    }

    /** The outcome of a request whose final result is this one, from whichever run. */
    static OutcomeEvent outcome(AdmittedRequest admitted, ResultItem standing) {
        String stopReason = stopReason(standing);
        boolean succeeded = standing.status() == ResultStatus.SUCCEEDED;
        OutcomeFacts facts =
                OutcomeFacts.builder()
                        .tenantId(standing.tenantId())
                        .requestId(standing.requestId())
                        .attempt(standing.attempt())
                        .finishedAtMillis(standing.finishedAtMillis())
                        .status(status(standing.status()))
                        .reason(succeeded ? null : standing.decision().reason())
                        .model(standing.model())
                        .stopReason(stopReason)
                        .complete(isKept(admitted, standing, stopReason))
                        .stale(standing.stale())
                        .usage(standing.usage())
                        .costPicoUsd(standing.costPicoUsd())
                        .providerCostPicoUsd(standing.providerCostPicoUsd())
                        .estimatedCostPicoUsd(standing.estimatedCostPicoUsd())
                        .priceVersion(standing.priceVersion())
                        .latencyMillis(standing.latencyMillis())
                        .build();
        return OutcomeEvent.builder()
                .facts(facts)
                .payload(standing.output())
                .traceparent(admitted.request().traceparent())
                .build();
    }

    /**
     * Whether the answer may be served again to who asks the same: it is whole, new, and of the
     * model that was to answer, in whichever region and through whichever profile.
     */
    private static boolean isKept(
            AdmittedRequest admitted, ResultItem standing, @Nullable String stopReason) {
        return standing.status() == ResultStatus.SUCCEEDED
                && stopReason != null
                && ModelReply.isComplete(stopReason)
                && !standing.stale()
                && ModelId.bare(standing.model()).equals(ModelId.bare(admitted.model()));
    }

    private ResultItem.Builder base(Invocation invocation, long nowMillis) {
        RequestFacts facts = invocation.facts();
        AttemptTally tally = invocation.tally();
        String model = invocation.admitted().model();
        long startedAtMillis = invocation.startedAtMillis();
        return ResultItem.builder()
                .tenantId(facts.tenantId())
                .isolation(facts.policy().isolation())
                .requestId(facts.requestId())
                .priceVersion(
                        isPriced(invocation.admitted())
                                ? prices.version()
                                : Names.UNPRICED_PRICE_VERSION)
                .model(model)
                .endpoint(facts.labels().endpoint())
                .attempt(tally.attempts())
                .possibleDuplicate(tally.possibleDuplicate())
                .providerCostPicoUsd(tally.exactPicoUsd())
                .estimatedCostPicoUsd(tally.estimatedPicoUsd())
                .latencyMillis(startedAtMillis == 0 ? 0 : Math.max(0, nowMillis - startedAtMillis))
                .receivedAtMillis(facts.receivedAtMillis())
                .finishedAtMillis(nowMillis)
                .expiresAtSeconds(nowMillis / 1_000 + ResultItem.RETENTION_SECONDS);
    }

    /** Whether the model that was to answer has a price; one without costs nothing and says so. */
    private boolean isPriced(AdmittedRequest admitted) {
        return prices.at(admitted.decision().decidedAtMillis())
                .priceOf(admitted.model())
                .isPresent();
    }

    private static @Nullable String stopReason(ResultItem standing) {
        String output = standing.output();
        return output == null ? null : AnswerPayload.stopReason(output);
    }

    private static OutcomeStatus status(ResultStatus status) {
        switch (status) {
            case SUCCEEDED:
                return OutcomeStatus.SUCCEEDED;
            case CANCELLED:
                return OutcomeStatus.CANCELLED;
            default:
                return OutcomeStatus.FAILED;
        }
    }
}
