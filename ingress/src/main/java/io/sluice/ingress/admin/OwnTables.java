package io.sluice.ingress.admin;

import io.sluice.contract.Isolation;
import java.util.concurrent.CompletableFuture;

/** Makes the tables of a tenant whose rows are kept apart. Repeating it makes what is missing. */
interface OwnTables {
    /**
     * Makes what is missing and completes when all can be used; does nothing for a tenant without
     * tables of its own. Fails with a {@code 503} that names the table.
     */
    CompletableFuture<Void> ensure(String tenantId, Isolation isolation);
}
