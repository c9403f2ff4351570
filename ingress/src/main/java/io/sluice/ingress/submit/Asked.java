package io.sluice.ingress.submit;

import io.sluice.ingress.result.ResultKey;
import java.time.Duration;

/**
 * What the answer to a call needs to know of it. Has no text, so whoever waits keeps none.
 *
 * @param tenantId whose request it is
 * @param id the request's id
 * @param receivedAtMillis when the call that the id was given out for came, epoch milliseconds
 * @param patience how long the client waits for the result; zero if it does not
 * @param path what was called
 */
record Asked(String tenantId, String id, long receivedAtMillis, Duration patience, String path) {
    /** Where its result lies. */
    ResultKey resultKey() {
        return new ResultKey(tenantId, id);
    }

    /** Where the client reads it. */
    String location() {
        return "/v1/requests/" + id;
    }
}
