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
import io.sluice.ingress.result.ItemView;
import io.sluice.ingress.result.ResultKey;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.stream.AppendAgain;

import jakarta.inject.Singleton;

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

    private CompletableFuture<MutableHttpResponse<byte[]>> repeat(Call first) {
        return results.get(new ResultKey(first.event().tenantId(), first.id()))
                .thenCompose(found -> found.isPresent() ? replay(first, found) : storeAgain(first));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> storeAgain(Call first) {
        long firstAtMillis = first.event().facts().receivedAtMillis();
        if (!AppendAgain.isSafe(firstAtMillis, time.millis())) {
            return CompletableFuture.completedFuture(inDoubt(first));
        }
        return submissions
                .append(first)
                .thenCompose(
                        stored ->
                                first.patience().isZero()
                                        ? replay(first, Optional.empty())
                                        : CompletableFuture.completedFuture(stillRunning(first)));
    }

    /** What the first call was or would have been answered; without waiting, that was 202. */
    private CompletableFuture<MutableHttpResponse<byte[]>> replay(
            Call first, Optional<ResultItem> found) {
        Optional<ResultItem> shown = first.patience().isZero() ? Optional.empty() : found;
        return submissions
                .answer(first, shown)
                .thenApply(answer -> withoutRetry(answer).header(IdempotencyKey.REPLAYED, "true"));
    }

    private static MutableHttpResponse<byte[]> stillRunning(Call first) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "The first call with this Idempotency-Key is still running; read"
                                + " /v1/requests/"
                                + first.id()
                                + " or try again.")
                .with(
                        "request",
                        ItemView.queued(first.id(), first.event().facts().receivedAtMillis()))
                .header("Location", "/v1/requests/" + first.id())
                .header("Retry-After", "1")
                .retry(true)
                .into(HttpResponse.ok(), first.path());
    }

    /** Stored once more it would be a new request to the engine if it was stored before. */
    private static MutableHttpResponse<byte[]> inDoubt(Call first) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "The first call with this Idempotency-Key was made more than "
                                + AppendAgain.minutes()
                                + " minutes ago and has no result: it is still to be decided, or"
                                + " was never stored. Read /v1/requests/"
                                + first.id()
                                + "; if it stays without a result, send it under a new key.")
                .with(
                        "request",
                        ItemView.queued(first.id(), first.event().facts().receivedAtMillis()))
                .header("Location", "/v1/requests/" + first.id())
                .retry(false)
                .into(HttpResponse.ok(), first.path());
    }

    /** A final answer stays what it is under its key, so sending the same again is pointless. */
    private static MutableHttpResponse<byte[]> withoutRetry(MutableHttpResponse<byte[]> answer) {
        if (answer.getHeaders().contains("x-should-retry")) {
            answer.getHeaders().set("x-should-retry", "false");
        }
        return answer;
    }
}
