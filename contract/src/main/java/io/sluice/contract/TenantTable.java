package io.sluice.contract;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables in which rows of one kind lie: one that tenants share, and one for each tenant whose
 * rows are kept apart, named {@code {shared}_{tenant}}.
 *
 * <p>No two of these names are ever equal. The shared name has no underscore, so that the first one
 * in an own name ends it: from an own name follow the kind and the tenant, whatever underscores the
 * tenant's id has. Names that DynamoDB would not take cannot be made: 3 to 255 of {@code
 * a-zA-Z0-9_.-}
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html,
 * 2026-11-27).
 */
public final class TenantTable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** With the separator and the longest tenant id it is 255 long. */
    private static final Pattern SHARED = Pattern.compile("[a-zA-Z0-9.-]{3,204}");

    private static final char SEPARATOR = '_';

    private final String shared;

    private TenantTable(String shared) {
        this.shared = shared;
    }

    /**
     * The tables of that kind.
     *
     * @param shared the shared table's name
     * @throws IllegalArgumentException if an own table's name could be another's
     */
    public static TenantTable of(String shared) {
        if (!SHARED.matcher(shared).matches()) {
            throw new IllegalArgumentException(
                    "table name '"
                            + shared
                            + "': expected 3 to 204 of a-z, A-Z, 0-9, '.' and '-', no '_', which"
                            + " separates a tenant's own table's name from its id");
        }
        return new TenantTable(shared);
    }

    /** The name of the shared table. */
    public String shared() {
        return shared;
    }

    /** The name of a tenant's own table; throws {@link IllegalArgumentException} for no tenant. */
    public String own(String tenantId) {
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw new IllegalArgumentException(
                    "tenant id '" + tenantId + "': expected " + Names.TENANT_ID.pattern());
        }
        return shared + SEPARATOR + tenantId;
    }

    /** The name of the table in which a row of that tenant and isolation lies. */
    public String of(String tenantId, Isolation isolation) {
        return isolation.ownTables() ? own(tenantId) : shared;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TenantTable && shared.equals(((TenantTable) other).shared);
    }

    @Override
    public int hashCode() {
        return shared.hashCode();
    }

    /** The shared table's name. */
    @Override
    public String toString() {
        return shared;
    }
}
