package io.sluice.ingress.submit;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.ResultItem;
import io.sluice.ingress.idempotency.Claim;
import io.sluice.ingress.idempotency.Fingerprint;
import io.sluice.ingress.idempotency.Idempotency;
import io.sluice.ingress.idempotency.IdempotencyKey;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.result.ItemView;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.stream.AppendAgain;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Submits under an idempotency key. The first call claims the key and then stores its event. Every
 * later one is answered as the first was; while there is no result it stores the event once more
 * under the same id, because the first call may have ended between claim and event. The engine
 * tells repeated events by their id, for as long as {@link AppendAgain} says.
 */
@Singleton
final class KeyedSubmit {
    /**
     * A call that cannot be taken in now.
     *
     * @param patience how long the client waits for the result; zero if it does not
     * @param path what was called
     * @param why the problem that says so
     */
    record Refused(String tenantId, Duration patience, String path, ProblemException why) {}

    private static final String OPERATION = "POST /v1/requests";

    private final Idempotency idempotency;
    private final ResultStore results;
    private final Submissions submissions;
    private final Intake intake;
    private final InstantSource time;

    KeyedSubmit(
            Idempotency idempotency,
            ResultStore results,
            Submissions submissions,
            Intake intake,
            InstantSource time) {
        this.time = time;
        this.intake = intake;
        this.idempotency = idempotency;
        this.results = results;
        this.submissions = submissions;
    }

    CompletableFuture<MutableHttpResponse<byte[]>> submit(
            Call call, IdempotencyKey key, byte[] body) {
        Claim wanted =
                new Claim(
                        call.event().tenantId(),
                        key.hash(),
                        call.id(),
                        call.event().facts().receivedAtMillis(),
                        Fingerprint.of(OPERATION, body));
        return idempotency
                .claim(wanted)
                .thenCompose(
                        claim ->
                                claim.subjectId().equals(wanted.subjectId())
                                        ? submissions
                                                .store(call)
                                                .thenApply(KeyedSubmit::withoutRetry)
                                        : repeat(
                                                call.as(
                                                        claim.subjectId(),
                                                        claim.receivedAtMillis(),
                                                        intake)));
    }

    /**
     * Answers a call that cannot be taken in by the rules of now: as the first call with its key
     * was, if there was one and it has ended, else with the problem. A problem that may pass stays
     * one; otherwise the first call may still run, and the answer says where.
     */
    CompletableFuture<MutableHttpResponse<byte[]>> repeatRefused(
            Refused call, IdempotencyKey key, byte[] body) {
        return idempotency
                .find(call.tenantId(), key, Fingerprint.of(OPERATION, body))
                .thenCompose(
                        claim ->
                                claim.isPresent()
                                        ? repeatRefused(call, claim.get())
                                        : CompletableFuture.failedFuture(call.why()));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> repeatRefused(
            Refused call, Claim claim) {
        Asked first =
                new Asked(
                        call.tenantId(),
                        claim.subjectId(),
                        claim.receivedAtMillis(),
                        call.patience(),
                        call.path());
        Problem why = call.why().problem();
        return results.get(first.resultKey())
                .thenCompose(
                        found -> {
                            if (found.isPresent()) {
                                return replay(first, found);
                            }
                            return why.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
                                    ? CompletableFuture.failedFuture(call.why())
                                    : CompletableFuture.completedFuture(
                                            inDoubt(first, why.detail()));
                        });
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> repeat(Call first) {
        return results.get(first.asked().resultKey())
                .thenCompose(
                        found ->
                                found.isPresent()
                                        ? replay(first.asked(), found)
                                        : storeAgain(first));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> storeAgain(Call call) {
        Asked first = call.asked();
        if (!AppendAgain.isSafe(first.receivedAtMillis(), time.millis())) {
            return CompletableFuture.completedFuture(
                    inDoubt(
                            first,
                            "After "
                                    + AppendAgain.minutes()
                                    + " minutes it might run twice if it were."));
        }
        return submissions
                .append(call)
                .thenCompose(
                        stored ->
                                first.patience().isZero()
                                        ? replay(first, Optional.empty())
                                        : CompletableFuture.completedFuture(stillRunning(first)));
    }

    /** What the first call was or would have been answered; without waiting, that was 202. */
    private CompletableFuture<MutableHttpResponse<byte[]>> replay(
            Asked first, Optional<ResultItem> found) {
        Optional<ResultItem> shown = first.patience().isZero() ? Optional.empty() : found;
        return submissions
                .answer(first, shown)
                .thenApply(answer -> withoutRetry(answer).header(IdempotencyKey.REPLAYED, "true"));
    }

    private static MutableHttpResponse<byte[]> stillRunning(Asked first) {
        return conflict(
                        first,
                        "The first call with this Idempotency-Key is still running; read "
                                + first.location()
                                + " or try again.")
                .header("Retry-After", "1")
                .retry(true)
                .into(HttpResponse.ok(), first.path());
    }

    /** Nobody knows whether it is stored, and storing it once more is not possible. */
    private static MutableHttpResponse<byte[]> inDoubt(Asked first, String whyNotAgain) {
        return conflict(
                        first,
                        "The first call with this Idempotency-Key has no result: it is still to"
                                + " be decided, or was never stored. It is not stored again: "
                                + whyNotAgain
                                + " Read "
                                + first.location()
                                + "; if it stays without a result, send it under a new key.")
                .retry(false)
                .into(HttpResponse.ok(), first.path());
    }

    private static Problem conflict(Asked first, String detail) {
        return Problem.of(HttpStatus.CONFLICT, detail)
                .with("request", ItemView.queued(first.id(), first.receivedAtMillis()))
                .header("Location", first.location());
    }

    /** A final answer stays what it is under its key, so sending the same again is pointless. */
    private static MutableHttpResponse<byte[]> withoutRetry(MutableHttpResponse<byte[]> answer) {
        if (answer.getHeaders().contains("x-should-retry")) {
            answer.getHeaders().set("x-should-retry", "false");
        }
        return answer;
    }
}
