package io.sluice.ingress.story;

import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;

/** Why a story cannot be told. */
final class StoryProblems {
    private StoryProblems() {}

    static ProblemException malformed() {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "No request has such an id; expected one as 'POST /v1/requests' answers it,"
                                + " such as req_01J… of 40 characters.")
                .retry(false)
                .asException();
    }

    static ProblemException unknown() {
        return Problem.of(HttpStatus.NOT_FOUND, "There is no request of this id.")
                .retry(false)
                .asException();
    }

    static ProblemException erased() {
        return Problem.of(
                        HttpStatus.GONE,
                        "This request was erased, with everything that the tenant had asked.")
                .retry(false)
                .asException();
    }

    static ProblemException noArchive() {
        return Problem.of(
                        HttpStatus.NOT_IMPLEMENTED,
                        "This node knows no archive of decisions: set SLUICE_AUDIT to the place"
                                + " that the job's audit archive is in.")
                .retry(false)
                .asException();
    }

    static ProblemException notArchived() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "No record of this request is in the archive, in the hours around the time"
                                + " at which its id was made.")
                .retry(false)
                .asException();
    }

    static ProblemException tooMuch(long seconds) {
        return Problem.of(
                        HttpStatus.GATEWAY_TIMEOUT,
                        "The archive has too many records of those hours to be looked through in "
                                + seconds
                                + " s; 'bin/sluice audit show' takes the time that it takes.")
                .retry(false)
                .asException();
    }

    static ProblemException unreadable() {
        return Problem.busy(
                        "The archive of decisions cannot be read now. The node's log says why; 'bin/sluice"
                                + " audit verify' finds damage.",
                        5)
                .asException();
    }

    static ProblemException busy() {
        return Problem.busy("Other stories are being looked for just now.", 1).asException();
    }
}
