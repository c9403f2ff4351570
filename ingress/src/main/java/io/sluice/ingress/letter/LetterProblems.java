package io.sluice.ingress.letter;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.DeadLetterItem;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import java.time.Instant;

/** Why a letter cannot be shown or redriven. */
final class LetterProblems {
    private LetterProblems() {}

    static ProblemException unknown() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "There is no dead letter of this id; letters are kept for 30 days.")
                .asException();
    }

    static ProblemException recordGone() {
        return conflict("The record of this letter is gone.");
    }

    static ProblemException noTenant(String tenantId) {
        return conflict(
                "There is no tenant '"
                        + tenantId
                        + "' to redrive for: it never was, was deleted, or has no policy.");
    }

    static ProblemException suspended(String tenantId) {
        return conflict(
                "The tenant '"
                        + tenantId
                        + "' is suspended; end that before its letters are redriven.");
    }

    /** A redrive that began is neither known to be stored nor known not to be. */
    static ProblemException undecided(DeadLetterItem item, long anewAtMillis) {
        return conflict(
                "A redrive of this letter as "
                        + item.redrivenAs()
                        + " began at "
                        + Instant.ofEpochMilli(item.redrivenAtMillis())
                        + ", was not seen to be stored and has no result: sent in again now, it"
                        + " could run twice. Redrive again when that has a result, or after "
                        + Instant.ofEpochMilli(anewAtMillis)
                        + ", when it cannot be on the stream any more.");
    }

    private static ProblemException conflict(String detail) {
        return Problem.of(HttpStatus.CONFLICT, detail).retry(false).asException();
    }
}
