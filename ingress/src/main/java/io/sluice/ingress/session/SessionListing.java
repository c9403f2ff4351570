package io.sluice.ingress.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.Json;
import io.sluice.ingress.query.QueryFields;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lists a tenant's conversations by user and session. The cursor is the key of the last one looked
 * at; it stays valid when conversations come and go.
 */
@Singleton
final class SessionListing {
    private static final Set<String> PARAMETERS = Set.of("user_id", "limit", "cursor");
    private static final int MOST = 100;
    private static final int USUAL = 20;

    /** Where most have gone, a page ends after this many reads, with what was found by then. */
    private static final int MOST_READS = 10;

    private record Wish(Tenant tenant, String prefix, int limit) {}

    private final SessionStore store;
    private final InstantSource time;

    SessionListing(SessionStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    CompletableFuture<ObjectNode> list(Tenant tenant, HttpRequest<?> request) {
        QueryFields query = QueryFields.of(request, PARAMETERS);
        String userId = SessionNames.label("user_id", query.text("user_id"));
        String prefix = userId == null ? SessionKey.PREFIX : SessionKey.of(userId, "").text();
        String cursor = query.text("cursor");
        if (cursor != null && !SessionNames.isKey(cursor, prefix)) {
            throw QueryFields.refused(
                    "cursor: expected the next_cursor of an earlier answer to the same call.");
        }
        Wish wish = new Wish(tenant, prefix, query.number("limit", 1, MOST, USUAL));
        return page(wish, cursor, new ArrayList<>(), MOST_READS);
    }

    private CompletableFuture<ObjectNode> page(
            Wish wish, @Nullable String after, List<SessionItem> found, int readsLeft) {
        int missing = wish.limit() - found.size();
        return store.list(wish.tenant().id(), wish.prefix(), after, missing)
                .thenCompose(
                        page -> {
                            page.items().stream()
                                    .filter(item -> isLive(item, wish.tenant()))
                                    .forEach(found::add);
                            boolean done =
                                    found.size() == wish.limit()
                                            || page.last() == null
                                            || readsLeft == 1;
                            return done
                                    ? CompletableFuture.completedFuture(view(found, page.last()))
                                    : page(wish, page.last(), found, readsLeft - 1);
                        });
    }

    private boolean isLive(SessionItem item, Tenant tenant) {
        long ttlMillis = tenant.policy().cache().sessionTtlMillis();
        return SessionView.isLive(item, ttlMillis, time.millis());
    }

    private static ObjectNode view(List<SessionItem> items, @Nullable String cursor) {
        ObjectNode view = Json.object();
        ArrayNode list = view.putArray("sessions");
        items.forEach(item -> list.add(SessionView.entry(item)));
        return view.put("next_cursor", cursor);
    }
}
