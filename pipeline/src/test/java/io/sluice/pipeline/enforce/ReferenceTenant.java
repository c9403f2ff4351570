package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.Usage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has to decide, told in the plainest way: nothing is ever forgotten, and every
 * question is answered by looking through all there was.
 */
final class ReferenceTenant {
    private static final long LATE = 30L * 86_400_000;

    final ReferenceBooks books = new ReferenceBooks();
    final ReferenceCalls calls = new ReferenceCalls();
    private final Set<String> seen = new HashSet<>();
    private final List<EffectivePolicy> policies = new ArrayList<>();
    private long clockMillis;
    private long arrivalMillis;
    private long seq;

    /** What must be decided about the event; nothing for all but new requests. */
    Optional<Decision> apply(LogRecord record) {
        if (record.event() instanceof RequestEvent request) {
            return request(request, record.arrivedAtMillis());
        }
        if (record.event() instanceof OutcomeEvent outcome) {
            ReferenceCalls.Held hold = calls.held.get(outcome.facts().requestId());
            if (hold != null && !hold.follower) {
                arrive(record);
                settle(hold, outcome.facts());
                expire();
            }
        } else {
            arrive(record);
            expire();
            command((CommandEvent) record.event());
        }
        return Optional.empty();
    }

    private void arrive(LogRecord record) {
        arrivalMillis = Math.max(arrivalMillis, record.arrivedAtMillis());
        seq++;
    }

    private Optional<Decision> request(RequestEvent request, long arrivedAtMillis) {
        if (!seen.add(request.eventId())) {
            return Optional.empty();
        }
        seq++;
        arrivalMillis = Math.max(arrivalMillis, arrivedAtMillis);
        long received = request.facts().receivedAtMillis();
        boolean near = received >= arrivalMillis - 5_000 && received <= arrivalMillis + 5_000;
        clockMillis = Math.max(clockMillis, near ? received : arrivalMillis);
        expire();
        policies.add(request.facts().policy());
        Decision.Builder decision =
                new ReferenceAdmission(this, request.facts(), policy(), clockMillis, arrivalMillis)
                        .decide();
        return Optional.of(
                decision.policyVersion(policy().version())
                        .decidedAtMillis(clockMillis)
                        .clockAdjusted(!near)
                        .seq(seq)
                        .build());
    }

    private EffectivePolicy policy() {
        EffectivePolicy newest = policies.get(0);
        for (EffectivePolicy policy : policies) {
            newest = policy.version() > newest.version() ? policy : newest;
        }
        return newest;
    }

    private void settle(ReferenceCalls.Held hold, OutcomeFacts facts) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        calls.held.remove(hold.id);
        books.amend(hold.id, tokens(facts.usage()));
        books.book(clockMillis, facts.costPicoUsd());
        if (succeeded && facts.complete() && !hold.cacheKey.isEmpty()) {
            long ttl =
                    hold.task ? policy().cache().agentTtlMillis() : policy().cache().llmTtlMillis();
            calls.answers.put(hold.cacheKey, new ReferenceCalls.Answer(arrivalMillis, ttl));
            calls.answer(hold.cacheKey);
        }
        talk(hold, facts, succeeded);
        boolean late = Names.DEADLINE.equals(facts.reason());
        boolean tried = facts.attempt() > 0 || !late;
        land(hold, !succeeded, tried && facts.status() != OutcomeStatus.CANCELLED);
    }

    /** A call is over; if it failed and was not the second one, the most urgent is called. */
    private void land(ReferenceCalls.Held hold, boolean failed, boolean tried) {
        ReferenceCalls.Flight flight = calls.ledBy(hold);
        if (flight == null) {
            return;
        }
        boolean again = failed && !(tried && flight.promoted);
        if (again && !calls.patient(flight, arrivalMillis).isEmpty() && roomFor(hold)) {
            ReferenceCalls.Held next =
                    Collections.min(
                            flight.followers, Comparator.comparingLong(f -> f.deadlineAtMillis));
            flight.followers.remove(next);
            flight.leader = next;
            flight.promoted |= tried;
            next.follower = false;
            next.tokens = hold.tokens;
            next.picoUsd = hold.picoUsd;
            books.amend(next.id, hold.tokens);
        } else {
            calls.release(flight);
            calls.flights.remove(flight);
        }
    }

    private void talk(ReferenceCalls.Held hold, OutcomeFacts facts, boolean succeeded) {
        ReferenceCalls.Talk talk = calls.talks.get(hold.session);
        if (talk != null && succeeded && hold.id.equals(talk.turn)) {
            BigInteger own = BigInteger.valueOf(Math.max(0, hold.ownTokens));
            talk.turns.add(
                    ReferenceBooks.clamped(
                            ReferenceBooks.capped(
                                    own.add(BigInteger.valueOf(facts.usage().outputTokens())))));
            talk.answeredAtMillis = arrivalMillis;
            talk.ttlMillis = policy().cache().sessionTtlMillis();
        }
        calls.fail(hold);
    }

    /** Whether what a failed call reserved is still there for the one that takes its place. */
    private boolean roomFor(ReferenceCalls.Held hold) {
        long atMillis = Math.max(clockMillis, arrivalMillis - 5_000);
        boolean tokens =
                policy().shadow().contains(Names.TOKENS_PER_MINUTE)
                        || !ReferenceReview.isOver(
                                policy().tokensPerMinute(),
                                books.tokensInMinute(atMillis),
                                hold.tokens);
        ReferenceReview review = new ReferenceReview(policy(), books, calls, clockMillis);
        review.budget(false, hold.picoUsd, false);
        review.budget(true, hold.picoUsd, false);
        return tokens && review.violated.isEmpty();
    }

    private void expire() {
        for (ReferenceCalls.Held hold : new TreeMap<>(calls.held).values()) {
            if (hold.endsAtMillis <= arrivalMillis && hold.expired) {
                calls.held.remove(hold.id);
            } else if (hold.endsAtMillis <= arrivalMillis && !hold.follower) {
                calls.fail(hold);
                books.amend(hold.id, 0);
                hold.expired = true;
                hold.endsAtMillis = arrivalMillis + LATE;
                land(hold, true, true);
            }
        }
    }

    private void command(CommandEvent command) {
        @Nullable String subject = command.subject();
        ReferenceCalls.Held hold = calls.held.get(subject);
        if (command.name().equals(Names.CANCEL_REQUEST) && hold != null && hold.follower) {
            calls.held.remove(subject);
            calls.flights.forEach(flight -> flight.followers.remove(hold));
        } else if (command.name().equals(Names.DELETE_SESSION)) {
            calls.talks.remove(subject);
        } else if (command.name().equals(Names.ERASE_TENANT) && calls.pending() == 0) {
            calls.flights.clear();
            calls.answers.clear();
            calls.talks.clear();
        }
    }

    private static long tokens(Usage used) {
        BigInteger sum =
                BigInteger.valueOf(used.inputTokens())
                        .add(BigInteger.valueOf(used.outputTokens()))
                        .add(BigInteger.valueOf(used.cacheReadTokens()))
                        .add(BigInteger.valueOf(used.cacheWriteTokens()));
        return ReferenceBooks.clamped(ReferenceBooks.capped(sum));
    }
}
