package io.sluice.ingress.letter;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.Event;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.stream.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The event in a letter's record, by the rules of now.
 *
 * @param asItIs the record if it is sent in as it is, because it was malformed; null if it was a
 *     request that was tried, which is sent in under a new id
 */
record LetterEvent(Event event, @Nullable StreamRecord asItIs) {
    /** The event; a 422 problem if the record still cannot be processed. */
    static LetterEvent read(DeadLetter letter, byte[] record) {
        Event event;
        try {
            event = EventJson.read(record);
        } catch (MalformedJsonException e) {
            throw unreadable(e.getMessage() + ".");
        }
        if (!event.tenantId().equals(letter.partitionKey())) {
            throw unreadable("it was stored under another tenant's partition key.");
        }
        if (letter.requestId() == null) {
            return new LetterEvent(event, new StreamRecord(letter.partitionKey(), record));
        }
        if (!(event instanceof RequestEvent)) {
            throw unreadable("it is no request.");
        }
        return new LetterEvent(event, null);
    }

    private static ProblemException unreadable(String why) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "The record of this letter still cannot be processed: " + why)
                .retry(false)
                .asException();
    }
}
