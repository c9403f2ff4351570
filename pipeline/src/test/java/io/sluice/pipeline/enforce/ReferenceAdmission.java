package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reference's decision on one new request. */
final class ReferenceAdmission {
    private static final long GRACE = 1_200_000;
    private static final long MOST_PATIENCE = 86_400_000;

    private final ReferenceTenant tenant;
    private final RequestFacts facts;
    private final EffectivePolicy policy;
    private final long now;
    private final long arrivalMillis;
    private final ReferenceReview review;
    private final boolean talks;
    private String model;

    ReferenceAdmission(
            ReferenceTenant tenant,
            RequestFacts facts,
            EffectivePolicy policy,
            long nowMillis,
            long arrivalMillis) {
        this.tenant = tenant;
        this.facts = facts;
        this.policy = policy;
        this.now = nowMillis;
        this.arrivalMillis = arrivalMillis;
        this.review = new ReferenceReview(policy, tenant.books, tenant.calls, nowMillis);
        this.model = facts.model();
        this.talks = facts.labels().session() != null && policy.cache().sessionTtlMillis() > 0;
    }

    Decision.Builder decide() {
        Verdict verdict = verdict();
        return Decision.builder()
                .outcome(verdict)
                .reason(review.reason)
                .violated(List.copyOf(review.violated))
                .shadow(List.copyOf(review.shadow))
                .warnings(List.copyOf(review.warnings))
                .downgradedTo(model.equals(facts.model()) ? null : model)
                .unpriced(
                        isUnpriced() && (verdict == Verdict.INVOKED || verdict == Verdict.REJECTED))
                .retryAfterMillis(review.retryAfterMillis())
                .limits(review.statuses());
    }

    private Verdict verdict() {
        review.requests();
        if (!policy.allowedModels().isEmpty() && !policy.allowedModels().contains(model)) {
            review.refuse(Names.MODEL_NOT_ALLOWED);
        }
        if (talk().turn != null) {
            review.refuse(Names.SESSION_BUSY);
        }
        Verdict cheap = withoutCall();
        if (cheap == null) {
            long money = ReferenceBooks.picoUsd(facts, model, earlier());
            String byDay = review.downgrade(false, money);
            String byMonth = review.downgrade(true, money);
            String other = byDay == null ? byMonth : byDay;
            if (other != null && !other.equals(model)) {
                model = other;
                cheap = withoutCall();
            }
        }
        return cheap == null ? call() : cheap;
    }

    /** Served, coalesced, or refused although that would have been possible; null if neither. */
    private @Nullable Verdict withoutCall() {
        String key = key();
        if (key.isEmpty() || facts.cacheMode() != CacheMode.DEFAULT) {
            return null;
        }
        ReferenceCalls.Answer answer = tenant.calls.answers.get(key);
        if (answer != null && answer.isFresh(now + review.longestWait(), ttlMillis())) {
            if (review.reason == null) {
                enter(0);
                return Verdict.CACHE_HIT;
            }
            return Verdict.REJECTED;
        }
        ReferenceCalls.Flight flight = tenant.calls.inTime(key, isBulk(), deadline());
        if (flight == null) {
            return null;
        }
        review.pending();
        if (review.reason != null) {
            return Verdict.REJECTED;
        }
        enter(0);
        ReferenceCalls.Held follower = hold(key, 0, 0);
        follower.follower = true;
        flight.followers.add(follower);
        return Verdict.COALESCED;
    }

    private Verdict call() {
        long earlier = earlier();
        long tokens = ReferenceBooks.tokens(facts, earlier);
        long money = ReferenceBooks.picoUsd(facts, model, earlier);
        boolean unpriced = isUnpriced();
        review.pending();
        review.tokens(tokens);
        if (unpriced && review.refusesUnpriced()) {
            review.refuse(Names.UNPRICED);
        }
        review.budget(false, money, unpriced);
        review.budget(true, money, unpriced);
        if (review.reason != null) {
            return Verdict.REJECTED;
        }
        String key = key();
        enter(tokens);
        ReferenceCalls.Held leader = hold(key, tokens, money);
        if (!key.isEmpty() && facts.cacheMode() == CacheMode.DEFAULT) {
            tenant.calls.flights.add(new ReferenceCalls.Flight(leader, isBulk()));
        }
        if (talks) {
            ReferenceCalls.Talk talk = talk();
            talk.turns.subList(0, talk.turns.size() - kept(talk)).clear();
            talk.turn = facts.requestId();
            tenant.calls.talks.put(sessionKey(), talk);
        }
        return Verdict.INVOKED;
    }

    private void enter(long tokens) {
        tenant.books.entries.add(new ReferenceBooks.Entry(facts.requestId(), now, tokens));
    }

    private ReferenceCalls.Held hold(String key, long tokens, long picoUsd) {
        ReferenceCalls.Held hold =
                new ReferenceCalls.Held(
                        facts.requestId(),
                        key,
                        isTask(),
                        talks ? sessionKey() : null,
                        facts.estimatedInputTokens(),
                        deadline(),
                        deadline() + GRACE);
        hold.tokens = tokens;
        hold.picoUsd = picoUsd;
        tenant.calls.held.put(hold.id, hold);
        return hold;
    }

    private boolean isBulk() {
        return facts.priority() == Priority.LOW;
    }

    /** As long after its arrival as its client waits. */
    private long deadline() {
        long patience = facts.deadlineAtMillis() - facts.receivedAtMillis();
        return arrivalMillis + Math.max(0, Math.min(patience, MOST_PATIENCE));
    }

    private String sessionKey() {
        return Turn.key(facts.labels().userId(), facts.labels().session());
    }

    private ReferenceCalls.Talk talk() {
        ReferenceCalls.Talk talk = talks ? tenant.calls.talks.get(sessionKey()) : null;
        return talk == null ? new ReferenceCalls.Talk() : talk;
    }

    private int kept(ReferenceCalls.Talk talk) {
        CacheRules rules = policy.cache();
        return talk.isOver(now, rules.sessionTtlMillis())
                ? 0
                : talk.fitting(rules.sessionTurns(), rules.sessionTokens());
    }

    private long earlier() {
        ReferenceCalls.Talk talk = talk();
        return talk.newest(kept(talk));
    }

    private boolean isUnpriced() {
        return !facts.prices().containsKey(model);
    }

    private boolean isTask() {
        return facts.taskHash() != null && facts.labels().agentId() != null;
    }

    private long ttlMillis() {
        return isTask() ? policy.cache().agentTtlMillis() : policy.cache().llmTtlMillis();
    }

    /** Everything the answer depends on; empty if it is not kept. */
    private String key() {
        boolean may =
                facts.cacheMode() != CacheMode.BYPASS
                        && facts.labels().session() == null
                        && (policy.cache().sampled() || !facts.sampled())
                        && ttlMillis() > 0;
        if (!may) {
            return "";
        }
        return isTask()
                ? List.of(facts.labels().agentId(), facts.taskHash(), facts.model(), model)
                        .toString()
                : List.of(model, facts.promptHash()).toString();
    }
}
