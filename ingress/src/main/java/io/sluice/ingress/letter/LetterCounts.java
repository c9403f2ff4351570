package io.sluice.ingress.letter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.query.QueryFields;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Counts letters of a span, the last 24 hours unless it is told otherwise. Reads no records, and
 * stops after 10,000 letters, which the answer says.
 */
@Singleton
final class LetterCounts {
    private static final Set<String> PARAMETERS = Set.of("from", "to");
    private static final Duration USUAL = Duration.ofDays(1);
    private static final int MOST = 10_000;
    private static final int LOOKS = 1_000;

    private final LetterStore store;
    private final InstantSource time;

    LetterCounts(LetterStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    CompletableFuture<ObjectNode> count(HttpRequest<?> request) {
        QueryFields query = QueryFields.of(request, PARAMETERS);
        long nowMillis = time.millis();
        LetterSpan span =
                LetterSpan.within(
                        query.time("from", nowMillis - USUAL.toMillis()),
                        query.time("to", Long.MAX_VALUE),
                        nowMillis);
        Tally tally = new Tally(span);
        return span.isEmpty()
                ? CompletableFuture.completedFuture(tally.view(true))
                : count(tally, span.lastDay(), span.highest());
    }

    private CompletableFuture<ObjectNode> count(Tally tally, long day, String highest) {
        if (!tally.span.has(day)) {
            return CompletableFuture.completedFuture(tally.view(true));
        }
        return store.list(
                        LetterSpan.nameOf(day),
                        tally.span.lowest(),
                        highest,
                        LetterFilter.ALL,
                        LOOKS)
                .thenCompose(
                        page -> {
                            page.items().forEach(tally::add);
                            String last = page.last();
                            if (last == null) {
                                return count(tally, day - 1, LetterSpan.startOf(day));
                            }
                            return tally.letters >= MOST
                                    ? CompletableFuture.completedFuture(tally.view(false))
                                    : count(tally, day, last);
                        });
    }

    /** What was counted so far; used by one read after the other. */
    private static final class Tally {
        private final LetterSpan span;
        private final Map<String, Integer> openByReason = new TreeMap<>();
        private int letters;
        private int open;

        private Tally(LetterSpan span) {
            this.span = span;
        }

        private void add(DeadLetterItem item) {
            letters++;
            if (!item.redrivenStored()) {
                open++;
                openByReason.merge(item.letter().reason(), 1, Integer::sum);
            }
        }

        private ObjectNode view(boolean complete) {
            ObjectNode view =
                    Json.object()
                            .put("from", Instant.ofEpochMilli(span.fromMillis()).toString())
                            .put("to", Instant.ofEpochMilli(span.toMillis()).toString())
                            .put("letters", letters)
                            .put("open", open);
            openByReason.forEach(view.putObject("open_by_reason")::put);
            return view.put("complete", complete);
        }
    }
}
