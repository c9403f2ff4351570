package io.sluice.objects.key;

import java.util.concurrent.CompletableFuture;

/**
 * The data keys of tenants. Whoever destroys a tenant's keys makes everything unreadable that was
 * sealed with them, wherever its copies lie. Thread-safe, never blocks; futures fail with an {@link
 * io.sluice.objects.ObjectStoreException} while keys cannot be had.
 */
public interface TenantKeys extends AutoCloseable {
    /**
     * The key that new payloads are sealed with; made if there is none.
     *
     * @param generation a number that a tenant which was erased and onboarded again never had
     *     before, such as its policy's version: an earlier generation's key may be remembered
     *     though it was destroyed, and what was sealed with it would be lost
     */
    CompletableFuture<DataKey> current(String tenantId, long generation);

    /**
     * The key of that id; fails with a {@link io.sluice.objects.PayloadLostException} if it was
     * destroyed or never was.
     */
    CompletableFuture<DataKey> get(String tenantId, String keyId);

    /** Destroys all keys of a tenant, for good; gives how many. May be repeated. */
    CompletableFuture<Integer> destroy(String tenantId);

    /** Ends it; calls under way fail. */
    @Override
    void close();
}
