package io.sluice.ingress.result;

import io.sluice.contract.Names;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.SealedText;
import io.sluice.ingress.payload.Payloads;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results with their answers, wherever those lie. An answer that cannot be had any more makes the
 * result one that failed with {@code payload-error}; what it cost stays. Thread-safe, never blocks.
 */
@Singleton
public final class WholeResults {
    private static final Logger LOG = LoggerFactory.getLogger(WholeResults.class);

    private final Payloads payloads;

    WholeResults(Payloads payloads) {
        this.payloads = payloads;
    }

    /** What {@code view} makes of the result with its answer; fails with a 503 problem. */
    public <T> CompletableFuture<T> view(ResultItem item, Function<ResultItem, T> view) {
        String output = item.output();
        if (!SealedText.isOpaque(output)) {
            return CompletableFuture.completedFuture(view.apply(item));
        }
        return payloads.read(
                        item.tenantId(),
                        PayloadKind.ANSWER,
                        isOwnAnswer(item) ? item.requestId() : null,
                        String.valueOf(output),
                        answer -> view.apply(item.toBuilder().output(answer).build()))
                .exceptionallyCompose(
                        failure ->
                                Payloads.isLost(failure)
                                        ? CompletableFuture.completedFuture(
                                                view.apply(withoutAnswer(item, failure)))
                                        : CompletableFuture.failedFuture(failure));
    }

    /**
     * The results with those answers in the clear that lie with them; what lies apart stays a
     * reference. Fails with a 503 problem.
     */
    CompletableFuture<List<ResultItem>> atHand(List<ResultItem> items) {
        List<CompletableFuture<ResultItem>> shown =
                items.stream()
                        .map(
                                item ->
                                        SealedText.isSealed(item.output())
                                                ? view(item, Function.identity())
                                                : CompletableFuture.completedFuture(item))
                        .toList();
        return CompletableFuture.allOf(shown.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> shown.stream().map(CompletableFuture::join).toList());
    }

    /** Cached, shared and stale answers were sealed for the request whose call brought them. */
    private static boolean isOwnAnswer(ResultItem item) {
        return item.decision().outcome() == Verdict.INVOKED && !item.stale();
    }

    private static ResultItem withoutAnswer(ResultItem item, Throwable failure) {
        LOG.warn("the answer to {} is lost: {}", item.requestId(), String.valueOf(failure));
        return item.toBuilder()
                .status(ResultStatus.FAILED)
                .decision(item.decision().toBuilder().reason(Names.PAYLOAD_ERROR).build())
                .output(null)
                .build();
    }
}
