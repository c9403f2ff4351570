package io.sluice.ingress.letter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Names;
import io.sluice.contract.json.Json;
import io.sluice.ingress.query.QueryFields;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lists letters of all tenants from newest to oldest, day by day. The cursor is a name; it stays
 * valid when letters are added or forgotten.
 */
@Singleton
final class LetterListing {
    private static final Set<String> PARAMETERS =
            Set.of("tenant", "reason", "status", "from", "to", "limit", "cursor");
    private static final int MOST = 100;
    private static final int USUAL = 20;

    /** Letters looked at in one read when most may be of no interest. */
    private static final int LOOKS = 200;

    /** A page ends after this many reads, with what was found by then; retention has 32 days. */
    private static final int MOST_READS = 60;

    private record Wish(LetterSpan span, LetterFilter filter, int limit) {}

    /** Where a listing is: a day, a name to go on below, and the reads it may still take. */
    private record Place(long day, String highest, int readsLeft) {}

    private final LetterStore store;
    private final InstantSource time;

    LetterListing(LetterStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    CompletableFuture<ObjectNode> list(HttpRequest<?> request) {
        QueryFields query = QueryFields.of(request, PARAMETERS);
        LetterSpan span =
                LetterSpan.within(
                        query.time("from", 0), query.time("to", Long.MAX_VALUE), time.millis());
        String cursor = query.text("cursor");
        if (cursor != null && !DeadLetterId.isOne(cursor)) {
            throw QueryFields.refused("cursor: expected the next_cursor of an earlier answer.");
        }
        Wish wish = new Wish(span, filter(query), query.number("limit", 1, MOST, USUAL));
        if (span.isEmpty()) {
            return CompletableFuture.completedFuture(view(List.of(), null));
        }
        Place start = new Place(span.lastDay(), span.highest(), MOST_READS);
        if (cursor != null && cursor.compareTo(span.highest()) < 0) {
            start = new Place(LetterSpan.dayOf(cursor), cursor, MOST_READS);
        }
        return page(wish, start, new ArrayList<>());
    }

    private static LetterFilter filter(QueryFields query) {
        String tenant = query.text("tenant");
        if (tenant != null
                && !Names.TENANT_ID.matcher(tenant).matches()
                && !tenant.equals(Names.NO_LABEL)) {
            throw QueryFields.refused(
                    "tenant: expected a tenant's id, or '-' for letters of nobody.");
        }
        return new LetterFilter(
                tenant,
                query.word("reason", DeadLetterReason::ofWireName),
                query.word("status", LetterListing::isOpen));
    }

    private static Boolean isOpen(String status) {
        return switch (status) {
            case "open" -> true;
            case "redriven" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "unknown status '" + status + "', expected open or redriven");
        };
    }

    private CompletableFuture<ObjectNode> page(Wish wish, Place place, List<DeadLetterItem> found) {
        if (!wish.span().has(place.day()) || place.highest().compareTo(wish.span().lowest()) <= 0) {
            return CompletableFuture.completedFuture(view(found, null));
        }
        if (place.readsLeft() == 0) {
            return CompletableFuture.completedFuture(view(found, place.highest()));
        }
        // BETWEEN gives the upper bound again, and one more tells whether there are more.
        int looks = wish.filter().isAll() ? wish.limit() - found.size() + 2 : LOOKS;
        return store.list(
                        LetterSpan.nameOf(place.day()),
                        wish.span().lowest(),
                        place.highest(),
                        wish.filter(),
                        looks)
                .thenCompose(
                        page -> {
                            found.addAll(page.items());
                            if (found.size() > wish.limit()) {
                                List<DeadLetterItem> shown = found.subList(0, wish.limit());
                                String cursor = shown.get(shown.size() - 1).letter().id();
                                return CompletableFuture.completedFuture(view(shown, cursor));
                            }
                            return page(wish, next(place, page), found);
                        });
    }

    private static Place next(Place place, LetterStore.Page page) {
        String last = page.last();
        int readsLeft = place.readsLeft() - 1;
        return last == null
                ? new Place(place.day() - 1, LetterSpan.startOf(place.day()), readsLeft)
                : new Place(place.day(), last, readsLeft);
    }

    private static ObjectNode view(List<DeadLetterItem> items, @Nullable String cursor) {
        ObjectNode view = Json.object();
        ArrayNode list = view.putArray("dead_letters");
        items.forEach(item -> list.add(LetterView.of(item)));
        return view.put("next_cursor", cursor);
    }
}
