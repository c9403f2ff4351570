package io.sluice.ingress.batch;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.Retention;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Finds a batch of a tenant by its id. */
@Singleton
final class BatchLookup {
    private static final Pattern FORM = Pattern.compile(BatchView.ID_PREFIX + "[0-9A-Z]{36}");

    private final BatchStore store;
    private final InstantSource time;
    private final Retention retention;

    BatchLookup(BatchStore store, InstantSource time, Retention retention) {
        this.store = store;
        this.time = time;
        this.retention = retention;
    }

    /** The batch; a 404 problem if this tenant has none of that id, or not any more. */
    CompletableFuture<Batch> find(String tenantId, String id) {
        if (!FORM.matcher(id).matches()) {
            throw notFound();
        }
        return store.find(tenantId, id)
                .thenApply(found -> found.filter(this::isKept).orElseThrow(BatchLookup::notFound));
    }

    private static ProblemException notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "There is no batch of this id.").asException();
    }

    private boolean isKept(Batch batch) {
        return time.millis() / 1_000 < BatchItems.expiresAtSeconds(batch, retention);
    }
}
