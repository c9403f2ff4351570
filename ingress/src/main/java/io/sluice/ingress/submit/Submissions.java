package io.sluice.ingress.submit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.ResultItem;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.result.ItemView;
import io.sluice.ingress.result.ResultAnswer;
import io.sluice.ingress.result.ResultWaiter;
import io.sluice.ingress.result.WholeResults;
import io.sluice.ingress.stream.EventAppender;

import jakarta.inject.Singleton;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stores events and answers who submitted them. */
@Singleton
final class Submissions {
    private final EventAppender writer;
    private final ResultWaiter waiter;
    private final WholeResults whole;
    private final InstantSource time;

    Submissions(EventAppender writer, ResultWaiter waiter, WholeResults whole, InstantSource time) {
        this.writer = writer;
        this.whole = whole;
        this.waiter = waiter;
        this.time = time;
    }

    /** Stores an event and answers at once, or when it is decided or the time is over. */
    CompletableFuture<MutableHttpResponse<byte[]>> store(Call call) {
        Call answered = call.withoutText();
        return append(call).thenCompose(stored -> await(answered));
    }

    /** Completes when the event is stored. */
    CompletableFuture<Void> append(Call call) {
        return writer.append(call.record());
    }

    /**
     * The answer with the result, or that there is none yet: also if its text cannot be read just
     * now, because a 503 would have the client submit once more what is stored.
     */
    CompletableFuture<MutableHttpResponse<byte[]>> answer(Call call, Optional<ResultItem> found) {
        return found.map(item -> whole(call, item))
                .orElseGet(() -> CompletableFuture.completedFuture(accepted(call)));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> whole(Call call, ResultItem item) {
        return whole.view(item, all -> ResultAnswer.ofSubmit(all, call.path(), time.millis()))
                .exceptionally(unread -> accepted(call));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> await(Call call) {
        if (call.patience().isZero()) {
            return CompletableFuture.completedFuture(accepted(call));
        }
        return waiter.await(call.event().tenantId(), call.id(), call.patience())
                .thenCompose(found -> answer(call, found))
                .thenApply(
                        answer ->
                                answer.header(
                                        "Preference-Applied",
                                        "wait=" + call.patience().toSeconds()));
    }

    private static MutableHttpResponse<byte[]> accepted(Call call) {
        return JsonAnswer.of(
                        HttpStatus.ACCEPTED,
                        ItemView.queued(call.id(), call.event().facts().receivedAtMillis()))
                .header(HttpHeaders.LOCATION, "/v1/requests/" + call.id());
    }
}
