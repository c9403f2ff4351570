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
        Asked asked = call.asked();
        return append(call).thenCompose(stored -> await(asked));
    }

    /** Completes when the event is stored. */
    CompletableFuture<Void> append(Call call) {
        return writer.append(call.record());
    }

    /**
     * The answer with the result, or that there is none yet: also if its text cannot be read just
     * now, because a 503 would have the client submit once more what is stored.
     */
    CompletableFuture<MutableHttpResponse<byte[]>> answer(Asked asked, Optional<ResultItem> found) {
        return found.map(item -> whole(asked, item))
                .orElseGet(() -> CompletableFuture.completedFuture(accepted(asked)));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> whole(Asked asked, ResultItem item) {
        return whole.view(item, all -> ResultAnswer.ofSubmit(all, asked.path(), time.millis()))
                .exceptionally(unread -> accepted(asked));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> await(Asked asked) {
        if (asked.patience().isZero()) {
            return CompletableFuture.completedFuture(accepted(asked));
        }
        return waiter.await(asked.tenantId(), asked.id(), asked.patience())
                .thenCompose(found -> answer(asked, found))
                .thenApply(
                        answer ->
                                answer.header(
                                        "Preference-Applied",
                                        "wait=" + asked.patience().toSeconds()));
    }

    private static MutableHttpResponse<byte[]> accepted(Asked asked) {
        return JsonAnswer.of(
                        HttpStatus.ACCEPTED, ItemView.queued(asked.id(), asked.receivedAtMillis()))
                .header(HttpHeaders.LOCATION, asked.location());
    }
}
