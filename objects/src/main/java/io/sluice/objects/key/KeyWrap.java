package io.sluice.objects.key;

import java.util.concurrent.CompletableFuture;

/**
 * What data keys are wrapped with where they are stored. Bound to tenant and key id: a wrapped key
 * that was copied to another name is refused. Thread-safe, never blocks; futures fail with an
 * {@link io.sluice.objects.ObjectStoreException}.
 */
public interface KeyWrap extends AutoCloseable {
    /** Names the key that wraps, without telling it; kept with what it wrapped. */
    String name();

    /** The wrapped key. */
    CompletableFuture<byte[]> wrap(String tenantId, String keyId, byte[] key);

    /** The key. */
    CompletableFuture<byte[]> unwrap(String tenantId, String keyId, byte[] wrapped);

    /** Ends it. */
    @Override
    void close();
}
