package io.sluice.local.command.tenants;

import static io.sluice.local.command.tenants.MovedKind.Standing.DIFFERENT;
import static io.sluice.local.command.tenants.MovedKind.Standing.NEWER;
import static io.sluice.local.command.tenants.MovedKind.Standing.SAME;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SortedJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which rows of one kind move: when a copy may replace what is there, when a row may
 * be removed, and whether a row stands where it was moved to. Under these, copying and removing may
 * be repeated, and may come late, without losing or going back.
 */
enum MovedKind {
    /** Results never change. */
    REQUESTS(TableShape.REQUESTS, "attribute_not_exists(tenant_id)", null),
    /** An attempt changes once, from claimed to finished, and goes if it was not made. */
    ATTEMPTS(TableShape.ATTEMPTS, "attribute_not_exists(tenant_id) OR #v = :claimed", "state"),
    /** Counts are absolute, and the higher version counts. */
    USAGE(TableShape.USAGE, "attribute_not_exists(tenant_id) OR #v < :v", "version"),
    /** Copies of conversations; the higher version counts. */
    SESSIONS(TableShape.SESSIONS, "attribute_not_exists(tenant_id) OR #v < :v", "version"),
    /** A re-rating done after the switch stands. */
    RERATED(TableShape.RERATED, "attribute_not_exists(tenant_id)", "content_hash");

    /** How a row stands in the table that it is moved to. */
    enum Standing {
        /** With the same content. */
        SAME,
        /** By what came after it. */
        NEWER,
        /** With another content, of which neither came after the other. */
        DIFFERENT,
        /** Not at all. */
        MISSING
    }

    private static final String ISOLATION = "isolation";

    private final TableShape shape;
    private final String mayBePut;
    private final @Nullable String changesBy;

    MovedKind(TableShape shape, String mayBePut, @Nullable String changesBy) {
        this.shape = shape;
        this.mayBePut = mayBePut;
        this.changesBy = changesBy;
    }

    TableShape shape() {
        return shape;
    }

    /** The condition under which a copy is put. */
    String mayBePut() {
        return mayBePut;
    }

    /** The attribute that tells states of a row apart; null if it has only one. */
    @Nullable String changesBy() {
        return changesBy;
    }

    /**
     * Whether a row is copied before the end. A claim is not, because it changes or goes, and a
     * re-rating is not, because nothing tells which of two came later.
     */
    boolean isSettled(ObjectNode row) {
        return this != RERATED && !isClaimed(row);
    }

    private boolean isClaimed(ObjectNode row) {
        return this == ATTEMPTS && row.path("state").asText().equals(AttemptItemJson.CLAIMED);
    }

    /** The row as it is to lie where that isolation says. */
    ObjectNode stamped(ObjectNode row, Isolation isolation) {
        ObjectNode copy = row.deepCopy();
        copy.remove(ISOLATION);
        if (isolation.ownTables() && this != RERATED) {
            copy.put(ISOLATION, isolation.wireName());
        }
        return copy;
    }

    /** The content of a row wherever it lies, as text. */
    static String content(ObjectNode row) {
        ObjectNode copy = row.deepCopy();
        copy.remove(ISOLATION);
        return Json.text(SortedJson.of(copy));
    }

    /** How a row stands, by what was found under its key; null for nothing. */
    Standing standing(ObjectNode row, @Nullable ObjectNode found) {
        if (found == null) {
            return Standing.MISSING;
        }
        if (content(row).equals(content(found))) {
            return SAME;
        }
        return isNewer(row, found) ? NEWER : DIFFERENT;
    }

    private boolean isNewer(ObjectNode row, ObjectNode found) {
        return switch (this) {
            case USAGE, SESSIONS ->
                    found.path("version").longValue() > row.path("version").longValue();
            case ATTEMPTS -> isClaimed(row) && !isClaimed(found);
            case RERATED -> true;
            case REQUESTS -> false;
        };
    }

    /** The key of a row. */
    Map<String, String> key(ObjectNode row) {
        return Map.of(
                shape.hashKey(), row.path(shape.hashKey()).asText(),
                shape.rangeKey(), row.path(shape.rangeKey()).asText());
    }
}
