package io.sluice.pipeline.model;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PriceBook;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.aws.Stage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How attempts are claimed and how they end, priced here and nowhere else, by the prices in force
 * when the request was decided and the service tier of the target. What an attempt used of which
 * the provider says nothing is estimated as its request was: the estimate of its input, and all the
 * output tokens it may have. That is what its hold reserved, and seldom too little.
 */
final class AttemptRules {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRules.class);

    /** Above every model's context; keeps a wrong estimate from being a wrong fortune. */
    private static final long MOST_TOKENS = 10_000_000;

    /** Clocks of ingress and job may differ, and a run that was replaced may live on so long. */
    private static final long OVERLAP_MILLIS = 120_000;

    private final PriceBook prices;
    private final RunId run;
    private final long longestMillis;

    /**
     * Rules of one run.
     *
     * @param run names the run in claims
     * @param longestMillis after which a call has ended whatever happens
     */
    AttemptRules(PriceBook prices, RunId run, long longestMillis) {
        this.prices = prices;
        this.run = run;
        this.longestMillis = longestMillis;
    }

    /** Whether an attempt was claimed by this run. */
    boolean isOwn(AttemptItem item) {
        return item.runId().equals(run.toString());
    }

    /**
     * Whether the attempt is left to the run that claimed it: one that began later than this has
     * replaced it, and is alive while its call may be. With clocks apart the two may be mistaken
     * for each other, for as long as one call takes.
     */
    boolean isLeftToALaterRun(AttemptItem item, long nowMillis) {
        return run.isBefore(item.runId()) && nowMillis < item.endsByMillis();
    }

    /** Whether an earlier run can have taken that request on. */
    boolean mayBeKnown(RequestFacts facts) {
        return facts.receivedAtMillis() < run.openedAtMillis() + OVERLAP_MILLIS;
    }

    /**
     * Whether the request came before this run began or is new to it; for the order of work alone.
     */
    Stage stageOf(RequestFacts facts) {
        return facts.receivedAtMillis() < run.openedAtMillis() ? Stage.AGAIN : Stage.START;
    }

    /**
     * The claim of an attempt; {@code target} says where it goes. A prompt that lies elsewhere is
     * fetched first, until the deadline at the latest.
     */
    AttemptItem claim(ModelCall call, int number, String target, long nowMillis) {
        long startsByMillis =
                WholePrompt.isElsewhere(call)
                        ? Math.max(nowMillis, call.deadlineAtMillis())
                        : nowMillis;
        return AttemptItem.builder()
                .tenantId(call.tenantId())
                .requestId(call.requestId())
                .attempt(number)
                .runId(run.toString())
                .target(target)
                .model(call.model())
                .claimedAtMillis(nowMillis)
                .endsByMillis(startsByMillis + longestMillis)
                .expiresAtSeconds(nowMillis / 1_000 + AttemptItem.RETENTION_SECONDS)
                .build();
    }

    /**
     * The attempt, answered; by an estimate of what it used if the answer does not say. An answer
     * whose price exceeds a long is none: nobody could bill it.
     */
    AttemptItem answered(
            AttemptItem claim,
            ModelReply reply,
            AdmittedRequest admitted,
            long startedMillis,
            long nowMillis) {
        Usage reported = reply.usage();
        Usage usage = reported == null ? estimate(admitted) : reported;
        AttemptEnd.Builder end =
                end(claim, admitted, nowMillis)
                        .latencyMillis(Math.max(0, nowMillis - startedMillis))
                        .usage(usage)
                        .estimated(usage.estimated());
        try {
            return claim.finished(
                    end.status(OutcomeStatus.SUCCEEDED)
                            .stopReason(reply.stopReason())
                            .output(reply.payload())
                            .costPicoUsd(cost(claim, admitted, usage))
                            .build());
        } catch (ArithmeticException e) {
            LOG.error("The answer to {} cannot be priced", claim.rangeKey(), e);
            return claim.finished(
                    end.status(OutcomeStatus.FAILED)
                            .reason(ModelFailure.PERMANENT.wireName())
                            .output(null)
                            .costPicoUsd(0)
                            .build());
        }
    }

    /**
     * The attempt, failed; of one that nobody answered, or nobody can read the answer of, with an
     * estimate of what it used.
     */
    AttemptItem failed(
            AttemptItem claim,
            ModelException failure,
            AdmittedRequest admitted,
            long startedMillis,
            long nowMillis) {
        boolean paid =
                failure.contact() == Contact.UNANSWERED
                        || failure.failure() == ModelFailure.UNREADABLE;
        AttemptEnd.Builder end =
                end(claim, admitted, nowMillis)
                        .status(OutcomeStatus.FAILED)
                        .reason(failure.failure().wireName())
                        .latencyMillis(Math.max(0, nowMillis - startedMillis))
                        .ambiguous(paid || failure.contact() == Contact.UNREACHED);
        return claim.finished(paid ? estimated(end, claim, admitted) : end.build());
    }

    /** The attempt of a run that is gone: nobody will ever know its end. */
    AttemptItem interrupted(AttemptItem claim, AdmittedRequest admitted, long nowMillis) {
        AttemptEnd.Builder end =
                end(claim, admitted, nowMillis)
                        .status(OutcomeStatus.FAILED)
                        .reason(ModelFailure.INTERRUPTED.wireName())
                        .ambiguous(true);
        return claim.finished(estimated(end, claim, admitted));
    }

    /** The same without an answer that cannot be stored; what it cost is still paid. */
    static AttemptItem withoutOutput(AttemptItem answered) {
        AttemptEnd end = answered.end();
        return end == null
                ? answered
                : answered.finished(
                        end.toBuilder()
                                .status(OutcomeStatus.FAILED)
                                .reason(ModelFailure.PAYLOAD.wireName())
                                .output(null)
                                .build());
    }

    private AttemptEnd estimated(
            AttemptEnd.Builder end, AttemptItem claim, AdmittedRequest admitted) {
        Usage usage = estimate(admitted);
        return end.usage(usage).costPicoUsd(cost(claim, admitted, usage)).estimated(true).build();
    }

    private static Usage estimate(AdmittedRequest admitted) {
        RequestFacts facts = admitted.request().facts();
        return Usage.builder()
                .inputTokens(bounded(facts.estimatedInputTokens()))
                .outputTokens(bounded(facts.maxTokens()))
                .estimated(true)
                .build();
    }

    private AttemptEnd.Builder end(AttemptItem claim, AdmittedRequest admitted, long nowMillis) {
        Optional<ModelPrice> price = price(claim, admitted);
        return AttemptEnd.builder()
                .finishedAtMillis(nowMillis)
                .finishedBy(run.toString())
                .usage(Usage.NONE)
                .priceVersion(price.isPresent() ? prices.version() : Names.UNPRICED_PRICE_VERSION);
    }

    private long cost(AttemptItem claim, AdmittedRequest admitted, Usage usage) {
        return price(claim, admitted).map(price -> price.cost(usage)).orElse(0L);
    }

    private Optional<ModelPrice> price(AttemptItem claim, AdmittedRequest admitted) {
        return prices.at(admitted.decision().decidedAtMillis())
                .priceOf(Target.ofKey(claim.target()));
    }

    private static long bounded(long tokens) {
        return Math.max(0, Math.min(tokens, MOST_TOKENS));
    }
}
