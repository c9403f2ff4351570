package io.sluice.ingress.submit;

import io.sluice.contract.RequestEvent;
import io.sluice.ingress.stream.StreamRecord;
import java.time.Duration;

/**
 * One call of submit, checked.
 *
 * @param event what was submitted
 * @param record the event's bytes
 * @param patience how long the client waits for the result; zero if it does not
 * @param path what was called
 */
record Call(RequestEvent event, StreamRecord record, Duration patience, String path) {
    /** The same call under an id that was given out before. */
    Call as(String id, long receivedAtMillis, Intake intake) {
        RequestEvent reissued = Intake.reissued(event, id, receivedAtMillis);
        return new Call(reissued, intake.record(reissued), patience, path);
    }

    /** What its answer needs to know. */
    Asked asked() {
        return new Asked(event.tenantId(), id(), event.facts().receivedAtMillis(), patience, path);
    }

    /** The id of the request. */
    String id() {
        return event.facts().requestId();
    }
}
