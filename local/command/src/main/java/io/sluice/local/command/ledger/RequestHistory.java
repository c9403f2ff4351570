package io.sluice.local.command.ledger;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.ResultItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's requests with all that is known of each: its result and its attempts, brought together
 * from two tables in one order. Holds one request at a time.
 */
public final class RequestHistory implements Iterator<RequestHistory.Request> {
    /**
     * One request.
     *
     * @param result its result; null if there is none yet
     * @param attempts the attempts to answer it, in order; none if it was not called
     */
    public record Request(
            String requestId, @Nullable ResultItem result, List<AttemptItem> attempts) {}

    private final Iterator<ResultItem> results;
    private final Iterator<AttemptItem> attempts;
    private @Nullable ResultItem result;
    private @Nullable AttemptItem attempt;

    /** Both sorted by request id. */
    public RequestHistory(Iterator<ResultItem> results, Iterator<AttemptItem> attempts) {
        this.results = results;
        this.attempts = attempts;
        this.result = next(results);
        this.attempt = next(attempts);
    }

    @Override
    public boolean hasNext() {
        return result != null || attempt != null;
    }

    @Override
    public Request next() {
        String id = nextId();
        ResultItem own = result != null && result.requestId().equals(id) ? result : null;
        if (own != null) {
            result = next(results);
        }
        List<AttemptItem> tried = new ArrayList<>();
        for (AttemptItem a = attempt; a != null && a.requestId().equals(id); a = attempt) {
            tried.add(a);
            attempt = next(attempts);
        }
        return new Request(id, own, tried);
    }

    private String nextId() {
        if (result == null && attempt == null) {
            throw new NoSuchElementException();
        }
        String ofResult = result == null ? null : result.requestId();
        String ofAttempt = attempt == null ? null : attempt.requestId();
        if (ofResult == null || (ofAttempt != null && ofAttempt.compareTo(ofResult) < 0)) {
            return String.valueOf(ofAttempt);
        }
        return ofResult;
    }

    private static <T> @Nullable T next(Iterator<T> items) {
        return items.hasNext() ? items.next() : null;
    }
}
