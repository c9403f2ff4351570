package io.sluice.objects.key;

import io.sluice.contract.Names;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStoreException;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.Prefixes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Wrapped data keys as objects {@code tenant/key id}. Two processes that make a tenant's first key
 * at once make two, which are both good: each says in what it sealed which one it took. A key's id
 * begins with its time, so the newest is the last; after the rotation's time a new one is made, so
 * that no key seals 2^32 payloads with random nonces (NIST SP 800-38D, 8.3). Old ones stay for what
 * they sealed. Thread-safe, never blocks.
 */
final class StoredTenantKeys implements TenantKeys {
    private static final int MOST_WRAPPED_BYTES = 16 * 1024;

    private final ObjectStore objects;
    private final KeyWrap wrap;
    private final Duration rotation;
    private final LongSupplier nowMillis;
    private final SecureRandom random = new SecureRandom();

    /** Keys in that store, which it takes over as well as the wrap. */
    StoredTenantKeys(ObjectStore objects, KeyWrap wrap, Duration rotation, LongSupplier nowMillis) {
        this.objects = objects;
        this.wrap = wrap;
        this.rotation = rotation;
        this.nowMillis = nowMillis;
    }

    @Override
    public CompletableFuture<DataKey> current(String tenantId, long generation) {
        return ids(tenantId)
                .thenCompose(
                        ids -> {
                            String newest = ids.isEmpty() ? null : ids.get(ids.size() - 1);
                            return newest != null && isFresh(newest)
                                    ? get(tenantId, newest)
                                    : make(tenantId);
                        });
    }

    @Override
    public CompletableFuture<DataKey> get(String tenantId, String keyId) {
        return objects.get(key(tenantId, keyId), MOST_WRAPPED_BYTES)
                .thenCompose(found -> unwrapped(tenantId, keyId, found));
    }

    @Override
    public CompletableFuture<Integer> destroy(String tenantId) {
        return Prefixes.deleteAll(objects, tenantOf(tenantId) + '/');
    }

    @Override
    public void close() {
        try {
            objects.close();
        } finally {
            wrap.close();
        }
    }

    private CompletableFuture<List<String>> ids(String tenantId) {
        String prefix = tenantOf(tenantId) + '/';
        return Prefixes.keys(objects, prefix)
                .thenApply(
                        keys ->
                                keys.stream()
                                        .map(key -> key.substring(prefix.length()))
                                        .sorted()
                                        .collect(Collectors.toList()));
    }

    private boolean isFresh(String keyId) {
        try {
            long madeAtMillis = Long.parseLong(keyId.substring(0, keyId.indexOf('-')), 16);
            return nowMillis.getAsLong() - madeAtMillis < rotation.toMillis();
        } catch (RuntimeException e) {
            return false; // no key of ours: a new one is always right
        }
    }

    private CompletableFuture<DataKey> make(String tenantId) {
        byte[] unique = new byte[9];
        random.nextBytes(unique);
        String keyId =
                String.format("%011x-", nowMillis.getAsLong())
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(unique);
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        DataKey made = new DataKey(keyId, secret);
        return wrap.wrap(tenantId, keyId, secret)
                .thenCompose(
                        wrapped ->
                                objects.putIfAbsent(
                                        key(tenantId, keyId),
                                        new WrappedKey(wrap.name(), wrapped).bytes()))
                .thenApply(stored -> made);
    }

    private CompletableFuture<DataKey> unwrapped(
            String tenantId, String keyId, Optional<byte[]> found) {
        if (found.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new PayloadLostException(
                            "data key " + keyId + " of " + tenantId + " was destroyed"));
        }
        WrappedKey stored;
        try {
            stored = WrappedKey.read(found.get());
        } catch (MalformedJsonException e) {
            return unusable(tenantId, keyId, String.valueOf(e.getMessage()));
        }
        if (!stored.wrappedBy().equals(wrap.name())) {
            return unusable(
                    tenantId,
                    keyId,
                    "seen one that was wrapped by " + stored.wrappedBy() + ", have " + wrap.name());
        }
        return wrap.unwrap(tenantId, keyId, stored.wrapped())
                .thenApply(secret -> new DataKey(keyId, secret));
    }

    private static CompletableFuture<DataKey> unusable(
            String tenantId, String keyId, String message) {
        return CompletableFuture.failedFuture(
                new ObjectStoreException(
                        false, "data key " + keyId + " of " + tenantId + ": " + message, null));
    }

    private static String key(String tenantId, String keyId) {
        return tenantOf(tenantId) + '/' + keyId;
    }

    private static String tenantOf(String tenantId) {
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw new IllegalArgumentException("a tenant id that is none");
        }
        return tenantId;
    }
}
