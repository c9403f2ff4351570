package io.sluice.ingress.result;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.ResultItem;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.stream.StreamRetention;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Finds a request of a tenant by its id, with its result if there is one. */
@Singleton
final class RequestLookup {
    /**
     * A request that was issued to the tenant.
     *
     * @param id its id
     * @param issuedAtMillis when, epoch milliseconds
     * @param item its result, empty while there is none
     */
    record Known(String id, long issuedAtMillis, Optional<ResultItem> item) {}

    private final RequestIds ids;
    private final ResultCache cache;
    private final ResultStore store;
    private final InstantSource time;
    private final StreamRetention streamRetention;

    RequestLookup(
            RequestIds ids,
            ResultCache cache,
            ResultStore store,
            InstantSource time,
            StreamRetention streamRetention) {
        this.ids = ids;
        this.cache = cache;
        this.store = store;
        this.time = time;
        this.streamRetention = streamRetention;
    }

    /** The request; a 404 problem if the id was never issued to this tenant. */
    CompletableFuture<Known> find(String tenantId, String keyId, String id) {
        OptionalLong issuedAt = ids.issuedAtMillis(tenantId, id);
        if (issuedAt.isEmpty()) {
            throw Problem.of(HttpStatus.NOT_FOUND, "There is no request of this id.").asException();
        }
        ResultKey key = new ResultKey(tenantId, id);
        return cache.get(keyId, key)
                .thenCompose(
                        held ->
                                held.isPresent()
                                        ? CompletableFuture.completedFuture(held)
                                        : read(keyId, key))
                .thenApply(found -> new Known(id, issuedAt.getAsLong(), found));
    }

    private CompletableFuture<Optional<ResultItem>> read(String keyId, ResultKey key) {
        return store.get(key)
                .thenApply(
                        found -> {
                            found.ifPresent(item -> cache.put(keyId, item));
                            return found;
                        });
    }

    /**
     * The same request; a 410 problem if its result is gone or cannot come any more, or if a tenant
     * of that id was erased since it was issued: not even what a cache still holds is shown then.
     */
    Known live(Known request, Tenant tenant) {
        long now = time.millis();
        if (request.issuedAtMillis() < tenant.item().erasedAtMillis()) {
            throw gone("This request was erased, with everything that the tenant had asked.");
        }
        boolean over =
                request.item()
                        .map(item -> item.expiresAtSeconds() * 1_000 <= now)
                        .orElse(now - request.issuedAtMillis() > streamRetention.millis());
        if (over) {
            throw gone("The result of this request is no longer kept.");
        }
        return request;
    }

    private static ProblemException gone(String detail) {
        return Problem.of(HttpStatus.GONE, detail).asException();
    }
}
