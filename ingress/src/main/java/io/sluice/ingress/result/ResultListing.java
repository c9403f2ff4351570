package io.sluice.ingress.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.Json;
import io.sluice.ingress.query.QueryFields;
import io.sluice.ingress.requestid.RequestIds;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lists a tenant's results from newest to oldest by the time of submission. The cursor is the id of
 * the last result looked at; it stays valid when results are added.
 */
@Singleton
final class ResultListing {
    private static final Set<String> PARAMETERS = Set.of("status", "from", "to", "limit", "cursor");
    private static final int MOST = 100;
    private static final int USUAL = 20;

    /** With a rare status, a page ends after this many reads, with what was found by then. */
    private static final int MOST_READS = 10;

    private record Wish(String tenantId, String lowest, @Nullable ResultStatus status, int limit) {}

    private final ResultStore store;
    private final WholeResults whole;
    private final RequestIds ids;

    ResultListing(ResultStore store, WholeResults whole, RequestIds ids) {
        this.store = store;
        this.whole = whole;
        this.ids = ids;
    }

    CompletableFuture<ObjectNode> list(String tenantId, HttpRequest<?> request) {
        QueryFields query = QueryFields.of(request, PARAMETERS);
        long from = query.time("from", 0);
        String highest = "req_~";
        if (query.text("to") != null) {
            highest = RequestIds.lowerBound(query.time("to", 0));
        }
        String cursor = query.text("cursor");
        if (cursor != null) {
            if (ids.issuedAtMillis(tenantId, cursor).isEmpty()) {
                throw QueryFields.refused("cursor: expected the next_cursor of an earlier answer.");
            }
            highest = cursor.compareTo(highest) < 0 ? cursor : highest;
        }
        Wish wish =
                new Wish(
                        tenantId,
                        RequestIds.lowerBound(from),
                        query.word("status", ResultStatus::ofWireName),
                        query.number("limit", 1, MOST, USUAL));
        return wish.lowest().compareTo(highest) >= 0
                ? view(List.of(), null)
                : page(wish, highest, new ArrayList<>(), MOST_READS);
    }

    private CompletableFuture<ObjectNode> page(
            Wish wish, String highest, List<ResultItem> found, int readsLeft) {
        return store.list(
                        wish.tenantId(),
                        wish.lowest(),
                        highest,
                        wish.status(),
                        wish.limit() - found.size() + 1) // BETWEEN gives the upper bound again
                .thenCompose(
                        page -> {
                            found.addAll(page.items());
                            String last = page.last();
                            if (found.size() >= wish.limit()) {
                                return done(found.subList(0, wish.limit()), found, last);
                            }
                            return last == null || readsLeft == 1
                                    ? view(found, last)
                                    : page(wish, last, found, readsLeft - 1);
                        });
    }

    private CompletableFuture<ObjectNode> done(
            List<ResultItem> shown, List<ResultItem> found, @Nullable String last) {
        boolean more = last != null || found.size() > shown.size();
        return view(shown, more ? shown.get(shown.size() - 1).requestId() : null);
    }

    private CompletableFuture<ObjectNode> view(List<ResultItem> items, @Nullable String cursor) {
        return whole.atHand(items).thenApply(shown -> node(shown, cursor));
    }

    private static ObjectNode node(List<ResultItem> items, @Nullable String cursor) {
        ObjectNode view = Json.object();
        ArrayNode list = view.putArray("requests");
        items.forEach(item -> list.add(ItemView.of(item)));
        return view.put("next_cursor", cursor);
    }
}
