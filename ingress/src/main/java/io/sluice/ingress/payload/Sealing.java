package io.sluice.ingress.payload;

import io.micronaut.context.annotation.Property;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.RequestEvent;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.key.KeyPlace;
import io.sluice.objects.key.TenantKeys;
import io.sluice.objects.seal.PayloadVault;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Seals prompts with their tenants' data keys and opens prompts and answers, if {@code sluice.keys}
 * says where keys lie; {@code sluice.master-key} says what wraps them. Thread-safe, never blocks.
 */
@Singleton
public final class Sealing {
    private final @Nullable PayloadVault vault;

    /** By the settings; {@link IllegalArgumentException} if they are not right. */
    @Inject
    public Sealing(
            @Nullable @Property(name = "sluice.keys") String location,
            @Nullable @Property(name = "sluice.master-key") String masterKey,
            InstantSource time) {
        TenantKeys keys =
                KeyPlace.openIfAny(location, masterKey, UnaryOperator.identity(), time::millis);
        this.vault = keys == null ? null : new PayloadVault(keys);
    }

    private Sealing() {
        this.vault = null;
    }

    /** Seals nothing. */
    public static Sealing none() {
        return new Sealing();
    }

    /** Whether prompts are sealed. */
    public boolean isOn() {
        return vault != null;
    }

    /** The event with its prompt sealed for it, if prompts are. */
    CompletableFuture<RequestEvent> sealed(RequestEvent event) {
        return vault == null
                ? CompletableFuture.completedFuture(event)
                : vault.sealPrompt(
                                event.tenantId(),
                                event.facts().policy().version(),
                                event.facts().requestId(),
                                event.payload())
                        .thenApply(text -> event.toBuilder().payload(text).build());
    }

    /** See {@link PayloadVault#open}. */
    CompletableFuture<String> open(
            String tenantId, PayloadKind kind, @Nullable String requestId, String sealedText) {
        return vault == null
                ? CompletableFuture.failedFuture(
                        new PayloadLostException(
                                "seen a sealed payload, but there are no keys: set sluice.keys and"
                                        + " sluice.master-key"))
                : vault.open(tenantId, kind, requestId, sealedText);
    }

    @PreDestroy
    void close() {
        if (vault != null) {
            vault.close();
        }
    }
}
