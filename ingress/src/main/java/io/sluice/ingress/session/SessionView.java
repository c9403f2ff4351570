package io.sluice.ingress.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.Json;
import java.time.Instant;

/** How clients see a conversation under the tenant's policy of now; times in ISO 8601. */
final class SessionView {
    private SessionView() {}

    /**
     * Whether the conversation is there: neither gone nor over. A policy that shortened the TTL
     * counts for older answers too, one that raised it does not, as in the engine.
     */
    static boolean isLive(SessionItem item, long policyTtlMillis, long nowMillis) {
        return !item.deleted() && nowMillis < endsAtMillis(item, policyTtlMillis);
    }

    /** With its turns. */
    static ObjectNode of(SessionItem item, long policyTtlMillis) {
        ObjectNode view = named(item.key());
        ArrayNode turns = view.putArray("turns");
        item.turns().forEach(turn -> turns.add(Json.parse(turn)));
        return view.put("truncated", item.truncated())
                .put("updated_at", time(item.updatedAtMillis()))
                .put("expires_at", time(endsAtMillis(item, policyTtlMillis)));
    }

    /** As an entry of a listing: with the number of its turns. */
    static ObjectNode entry(SessionItem item) {
        return named(item.key())
                .put("turns", item.turnCount())
                .put("updated_at", time(item.updatedAtMillis()));
    }

    /** After its deletion was asked for. */
    static ObjectNode deleting(SessionKey key) {
        return named(key).put("status", "deleting");
    }

    private static ObjectNode named(SessionKey key) {
        return Json.object().put("session", key.session()).put("user_id", key.userId());
    }

    private static long endsAtMillis(SessionItem item, long policyTtlMillis) {
        return Math.min(item.expiresAtSeconds() * 1_000, item.updatedAtMillis() + policyTtlMillis);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
