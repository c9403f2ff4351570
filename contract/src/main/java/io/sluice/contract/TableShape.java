package io.sluice.contract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a system as they are made: keys, which are strings, and what rows expire by. All
 * are billed per request.
 */
public enum TableShape {
    /** Result items. */
    REQUESTS(Names.REQUESTS_TABLE, "tenant_id", "request_id", true, true),
    /** Attempts to call models. */
    ATTEMPTS(Names.ATTEMPTS_TABLE, "tenant_id", "attempt_key", true, true),
    /** Usage windows. */
    USAGE(Names.USAGE_TABLE, "tenant_id", "window", false, true),
    /** Conversations as readers see them. */
    SESSIONS(Names.SESSIONS_TABLE, "tenant_id", "conversation", true, true),
    /** What recorded usage costs by other prices. */
    RERATED(Names.RERATED_TABLE, "tenant_id", "version_day_model", false, true),
    /** Tenants, their keys and policies: what says where a tenant's rows lie. */
    TENANTS(Names.TENANTS_TABLE, "tenant_id", "item", false, false),
    /** Idempotency keys in use, by hash. */
    IDEMPOTENCY(Names.IDEMPOTENCY_TABLE, "tenant_id", "key_hash", true, false),
    /** Batches and the ids in them. */
    BATCHES(Names.BATCHES_TABLE, "tenant_id", "item", true, false),
    /** Dead letters, by day, of all tenants. */
    DEAD_LETTERS(Names.DEAD_LETTERS_TABLE, "bucket", "item", true, false),
    /** The newest digest of each archive. */
    AUDIT_ANCHORS(Names.AUDIT_ANCHORS_TABLE, "log", "item", false, false);

    /** The attribute that rows expire by, epoch seconds. */
    public static final String EXPIRES_AT = "expires_at";

    private final String usualName;
    private final String hashKey;
    private final String rangeKey;
    private final boolean expires;
    private final boolean perTenant;

    TableShape(
            String usualName, String hashKey, String rangeKey, boolean expires, boolean perTenant) {
        this.usualName = usualName;
        this.hashKey = hashKey;
        this.rangeKey = rangeKey;
        this.expires = expires;
        this.perTenant = perTenant;
    }

    /** The shared table's name, unless a setting gives another. */
    public String usualName() {
        return usualName;
    }

    /** The hash key's attribute. */
    public String hashKey() {
        return hashKey;
    }

    /** The range key's attribute. */
    public String rangeKey() {
        return rangeKey;
    }

    /** The attribute that rows expire by; null if they stay. */
    public @Nullable String expiresBy() {
        return expires ? EXPIRES_AT : null;
    }

    /** Whether a tenant whose rows are kept apart has a table of its own of these. */
    public boolean isPerTenant() {
        return perTenant;
    }

    /** The tables under their usual names; throws if it is not one that tenants may have. */
    public TenantTable tables() {
        if (!perTenant) {
            throw new IllegalStateException(usualName + " is shared by all tenants");
        }
        return TenantTable.of(usualName);
    }

    /** Those of which a tenant whose rows are kept apart has one of its own. */
    public static List<TableShape> perTenant() {
        List<TableShape> found = new ArrayList<>();
        for (TableShape shape : values()) {
            if (shape.perTenant) {
                found.add(shape);
            }
        }
        return found;
    }
}
