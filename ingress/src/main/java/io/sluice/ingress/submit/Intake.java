package io.sluice.ingress.submit;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.payload.Payloads;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes of submit bodies what goes onto the stream; pure but for the clock in the stamp. */
@Singleton
public final class Intake {
    /** A stream record takes 1 MiB; the engine's way back needs room for an outcome's envelope. */
    private static final int MOST_EVENT_BYTES = 768 * 1024;

    private final SubmissionReader reader;
    private final EventStamp stamp;
    private final Payloads payloads;

    Intake(SubmissionReader reader, EventStamp stamp, Payloads payloads) {
        this.reader = reader;
        this.stamp = stamp;
        this.payloads = payloads;
    }

    /** Refuses what a suspended tenant submits. */
    public static void refuseSuspended(Tenant tenant) {
        if (tenant.item().suspended()) {
            throw Problem.of(HttpStatus.FORBIDDEN, "This tenant is suspended.")
                    .retry(false)
                    .asException();
        }
    }

    /** The event of a body that is taken in now; a problem if the body is not right. */
    public RequestEvent event(Tenant tenant, byte[] body, @Nullable String traceparent) {
        return stamp.event(tenant, reader.read(body, tenant.resolved()), traceparent);
    }

    /**
     * The same event under an id that was given out before. Its deadline stays: it counts from now
     * on, and only matters if the event was not stored then.
     */
    public static RequestEvent reissued(RequestEvent event, String id, long receivedAtMillis) {
        RequestFacts facts =
                event.facts().toBuilder().requestId(id).receivedAtMillis(receivedAtMillis).build();
        return event.toBuilder().facts(facts).build();
    }

    /**
     * A request that was taken in before, as the tenant would submit it now: under a new id, by the
     * policy and prices of now, with as much time as it had.
     *
     * @param receivedAtMillis when the id was given out; the deadline counts from now on
     */
    public RequestEvent again(
            Tenant tenant, RequestEvent earlier, String id, long receivedAtMillis) {
        return stamp.again(tenant, earlier, id, receivedAtMillis);
    }

    /**
     * The record of an event, which is made when it is appended; a problem if it does not fit onto
     * the stream.
     */
    public StreamRecord record(RequestEvent event) {
        int bytes =
                EventJson.write(event.toBuilder().payload("").build()).length
                        + payloads.travellingBytes(event);
        if (bytes > MOST_EVENT_BYTES) {
            throw Problem.of(
                            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                            "The request takes "
                                    + bytes
                                    + " bytes on the stream, expected at most "
                                    + MOST_EVENT_BYTES
                                    + ".")
                    .asException();
        }
        return StreamRecord.of(event);
    }
}
