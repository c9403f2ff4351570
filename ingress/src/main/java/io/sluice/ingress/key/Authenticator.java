package io.sluice.ingress.key;

import io.sluice.contract.ApiKeyItem;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Recognises callers by their keys. Never blocks; keys and tenants come from the directory, so a
 * revoked key stops working within the directory's staleness.
 */
@Singleton
public final class Authenticator {
    private static final CompletableFuture<Optional<ApiKeyItem>> NO_KEY =
            CompletableFuture.completedFuture(Optional.empty());
    private static final ApiKey UNREADABLE = new ApiKey("", "", "unreadable");

    private final TenantDirectory directory;
    private final InstantSource time;

    Authenticator(TenantDirectory directory, InstantSource time) {
        this.directory = directory;
        this.time = time;
    }

    /** Who holds this key; empty if nobody does, or no longer. */
    CompletableFuture<Optional<Caller>> callerOf(String keyText) {
        Optional<ApiKey> parsed = ApiKey.parse(keyText);
        ApiKey key = parsed.orElse(UNREADABLE);
        return parsed.map(k -> directory.key(k.tenantId(), k.keyId()))
                .orElse(NO_KEY)
                .thenCompose(stored -> check(key, stored));
    }

    private CompletableFuture<Optional<Caller>> check(ApiKey key, Optional<ApiKeyItem> stored) {
        boolean known = KeyHash.matches(stored.orElse(null), key.secret());
        if (!known || expired(stored.orElseThrow())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (key.tenantId().equals(ApiKey.ADMIN)) {
            return CompletableFuture.completedFuture(Optional.of(new Caller(null, key.keyId())));
        }
        return directory
                .tenant(key.tenantId())
                .thenApply(tenant -> tenant.map((Tenant t) -> new Caller(t, key.keyId())));
    }

    /**
     * Whether a caller that was recognised before would be recognised now: for answers that go on
     * for longer than a revoked key may be in use.
     */
    public CompletableFuture<Boolean> isStillKnown(Caller caller) {
        return directory
                .key(caller.name(), caller.keyId())
                .thenCompose(
                        stored -> {
                            if (stored.isEmpty() || expired(stored.get())) {
                                return CompletableFuture.completedFuture(false);
                            }
                            return caller.isAdmin()
                                    ? CompletableFuture.completedFuture(true)
                                    : directory
                                            .tenant(caller.name())
                                            .thenApply(Optional::isPresent);
                        });
    }

    private boolean expired(ApiKeyItem item) {
        return item.expiresAtMillis() > 0 && item.expiresAtMillis() <= time.millis();
    }
}
