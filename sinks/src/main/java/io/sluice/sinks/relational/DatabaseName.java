package io.sluice.sinks.relational;

import io.sluice.contract.Names;

/** What the databases of the mirror are called. */
final class DatabaseName {
    /** The one that tenants share, whatever the URL calls it. */
    static final String SHARED = "";

    /**
     * With a tenant id of at most 50 characters 63 bytes, which is all that PostgreSQL keeps of a
     * name (NAMEDATALEN, postgresql.org/docs/current/limits.html, read 2026-11-27).
     */
    private static final String PREFIX = "orchestrator_";

    private DatabaseName() {}

    /** Where a tenant's rows go. */
    static String of(String tenantId, boolean ownDatabase) {
        return ownDatabase ? ownOf(tenantId) : SHARED;
    }

    /** The name in double quotes, as statements need it. */
    static String quoted(String database) {
        return '"' + database.replace("\"", "\"\"") + '"';
    }

    private static String ownOf(String tenantId) {
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw new IllegalArgumentException(
                    "tenant id: seen '" + tenantId + "', expected " + Names.TENANT_ID);
        }
        return PREFIX + tenantId;
    }
}
