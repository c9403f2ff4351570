package io.sluice.ingress.batch;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems with a batch of which some requests may be stored already: each brings the batch and
 * where it is, so that whoever sent it can read, cancel or complete it.
 */
@Singleton
final class BatchProblems {
    private static final Logger LOG = LoggerFactory.getLogger(BatchProblems.class);
    private static final String WITH_KEY =
            " Some of the batch may be stored. Send it again with the same Idempotency-Key to store"
                    + " the rest, or cancel it.";
    private static final String WITHOUT_KEY =
            " Some of the batch may be stored and runs, and without an Idempotency-Key the rest"
                    + " cannot be stored any more: read the batch, or cancel it before you send it"
                    + " again.";

    private final BatchView view;

    BatchProblems(BatchView view) {
        this.view = view;
    }

    /**
     * What the work makes; its problem tells of the batch, and what to do if it may pass. A table
     * that fails is one, too.
     */
    <T> T about(Batch batch, boolean hasKey, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw with(batch, advised(e.problem(), hasKey));
        } catch (CompletionException e) {
            LOG.warn("Storing {} of {} failed", batch.id(), batch.tenantId(), e.getCause());
            Problem unanswered = Problem.busy("A part that this call needs does not answer.", 5);
            throw with(batch, advised(unanswered, hasKey));
        }
    }

    private ProblemException with(Batch batch, Problem problem) {
        return problem.with("batch", view.taken(batch))
                .header(HttpHeaders.LOCATION, BatchView.path(batch))
                .asException();
    }

    private static Problem advised(Problem problem, boolean hasKey) {
        return problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
                ? Problem.busy(problem.detail() + (hasKey ? WITH_KEY : WITHOUT_KEY), 5)
                        .retry(hasKey)
                : problem;
    }
}
