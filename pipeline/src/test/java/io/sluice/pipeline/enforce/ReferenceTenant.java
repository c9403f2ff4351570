package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has to decide, told in the plainest way: nothing is ever forgotten, and every
 * question is answered by looking through all there was.
 */
final class ReferenceTenant {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;

    /** What a decision must say. */
    record Expected(
            Verdict verdict,
            @Nullable String reason,
            long decidedAtMillis,
            long inMinute,
            long inDay,
            long retryAfterMillis,
            EffectivePolicy policy) {}

    private record Answer(String key, long atMillis, long ttlMillis) {}

    private static final class Call {
        private final String key;
        private String leader;
        private final List<String> followers = new ArrayList<>();
        private boolean promoted;

        private Call(String key, String leader) {
            this.key = key;
            this.leader = leader;
        }
    }

    private final List<String> seen = new ArrayList<>();
    private final List<Long> admitted = new ArrayList<>();
    private final List<EffectivePolicy> policies = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private long clockMillis;
    private long arrivalMillis;

    /** What must be decided about the event; nothing for all but new requests. */
    Optional<Expected> apply(LogRecord record) {
        if (record.event() instanceof RequestEvent request) {
            return request(request.facts(), record.arrivedAtMillis());
        }
        if (record.event() instanceof OutcomeEvent outcome) {
            outcome(outcome.facts(), record.arrivedAtMillis());
        } else {
            arrivalMillis = Math.max(arrivalMillis, record.arrivedAtMillis());
        }
        return Optional.empty();
    }

    private Optional<Expected> request(RequestFacts facts, long arrivedAtMillis) {
        if (seen.contains(facts.requestId())) {
            return Optional.empty();
        }
        seen.add(facts.requestId());
        arrivalMillis = Math.max(arrivalMillis, arrivedAtMillis);
        long received = facts.receivedAtMillis();
        boolean near = received >= arrivalMillis - 5_000 && received <= arrivalMillis + 5_000;
        clockMillis = Math.max(clockMillis, near ? received : arrivalMillis);
        policies.add(facts.policy());
        EffectivePolicy policy =
                policies.stream()
                        .max(Comparator.comparingInt(EffectivePolicy::version))
                        .orElseThrow();

        boolean minuteFull = isFull(policy.requestsPerMinute(), inMinute(clockMillis));
        boolean dayFull = isFull(policy.requestsPerDay(), inDay());
        if (minuteFull || dayFull) {
            String reason = minuteFull ? Names.REQUESTS_PER_MINUTE : Names.REQUESTS_PER_DAY;
            long wait = waitMillis(policy, minuteFull, dayFull);
            return Optional.of(expected(Verdict.REJECTED, reason, wait, policy));
        }
        admitted.add(clockMillis);
        return Optional.of(expected(admit(facts, policy), null, -1, policy));
    }

    private Verdict admit(RequestFacts facts, EffectivePolicy policy) {
        if (policy.cache().llmTtlMillis() == 0 || facts.cacheMode() == CacheMode.BYPASS) {
            calls.add(new Call("", facts.requestId()));
            return Verdict.INVOKED;
        }
        if (facts.cacheMode() == CacheMode.REFRESH) {
            calls.add(new Call("refresh " + facts.promptHash(), facts.requestId()));
            return Verdict.INVOKED;
        }
        if (isAnswered(facts.promptHash(), policy.cache().llmTtlMillis())) {
            return Verdict.CACHE_HIT;
        }
        for (Call call : calls) {
            if (call.key.equals(facts.promptHash())) {
                call.followers.add(facts.requestId());
                return Verdict.COALESCED;
            }
        }
        calls.add(new Call(facts.promptHash(), facts.requestId()));
        return Verdict.INVOKED;
    }

    private void outcome(OutcomeFacts facts, long arrivedAtMillis) {
        for (Call call : List.copyOf(calls)) {
            if (call.leader.equals(facts.requestId())) {
                arrivalMillis = Math.max(arrivalMillis, arrivedAtMillis);
                boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
                if (!succeeded && !call.promoted && !call.followers.isEmpty()) {
                    call.leader = call.followers.remove(0);
                    call.promoted = true;
                    return;
                }
                calls.remove(call);
                if (succeeded && facts.complete() && !call.key.isEmpty()) {
                    long ttl =
                            policies.stream()
                                    .max(Comparator.comparingInt(EffectivePolicy::version))
                                    .orElseThrow()
                                    .cache()
                                    .llmTtlMillis();
                    answers.add(new Answer(call.key.replace("refresh ", ""), arrivalMillis, ttl));
                }
                return;
            }
        }
    }

    /** Whether the newest answer is younger than the TTL of its time and of now. */
    private boolean isAnswered(String key, long ttlMillis) {
        Answer newest = null;
        for (Answer answer : answers) {
            newest = answer.key.equals(key) ? answer : newest;
        }
        return newest != null
                && clockMillis - newest.atMillis < Math.min(ttlMillis, newest.ttlMillis);
    }

    private Expected expected(
            Verdict verdict,
            @Nullable String reason,
            long retryAfterMillis,
            EffectivePolicy policy) {
        return new Expected(
                verdict,
                reason,
                clockMillis,
                inMinute(clockMillis),
                inDay(),
                retryAfterMillis,
                policy);
    }

    private long inMinute(long atMillis) {
        return admitted.stream().filter(at -> at > atMillis - MINUTE && at <= atMillis).count();
    }

    private long inDay() {
        return admitted.stream().filter(at -> at / DAY == clockMillis / DAY).count();
    }

    private static boolean isFull(long limit, long used) {
        return limit >= 0 && used >= limit;
    }

    /** The first wait after which no limit is full; a limit of zero asks for one window. */
    private long waitMillis(EffectivePolicy policy, boolean minuteFull, boolean dayFull) {
        if (dayFull && policy.requestsPerDay() == 0) {
            return -1;
        }
        long wait = dayFull ? DAY - clockMillis % DAY : 0;
        if (!minuteFull) {
            return wait;
        }
        if (policy.requestsPerMinute() == 0) {
            return -1;
        }
        long minute =
                admitted.stream()
                        .map(at -> at + MINUTE - clockMillis)
                        .filter(after -> after > 0)
                        .filter(after -> leftAfter(after) < policy.requestsPerMinute())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        return Math.max(wait, minute);
    }

    /** Of those admitted so far, the ones still in the minute after that wait. */
    private long leftAfter(long waitMillis) {
        return admitted.stream().filter(at -> at > clockMillis + waitMillis - MINUTE).count();
    }
}
