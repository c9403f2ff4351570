package io.sluice.ingress.letter;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.Event;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.result.ResultKey;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.stream.EventAppender;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.submit.Intake;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a letter's record in again, once. First the letter is claimed under the id it goes by from
 * then on, then the event is appended. Who comes later finds the claim, and appends the same event
 * once more while it has no result, because the first may have ended between the two; the engine
 * tells repeated events by their id.
 */
@Singleton
final class Redrive {
    /**
     * A letter that was redriven.
     *
     * @param as the request or other event that it is now
     * @param atMillis when it was first redriven, epoch milliseconds
     * @param repeated whether it was redriven before
     */
    record Redriven(String id, String as, long atMillis, boolean repeated) {}

    private final LetterStore store;
    private final TenantDirectory tenants;
    private final ResultStore results;
    private final Intake intake;
    private final RequestIds ids;
    private final EventAppender appender;
    private final InstantSource time;

    Redrive(
            LetterStore store,
            TenantDirectory tenants,
            ResultStore results,
            Intake intake,
            RequestIds ids,
            EventAppender appender,
            InstantSource time) {
        this.store = store;
        this.tenants = tenants;
        this.results = results;
        this.intake = intake;
        this.ids = ids;
        this.appender = appender;
        this.time = time;
    }

    /** The letter of a name; a 404 problem if there is none. */
    CompletableFuture<DeadLetterItem> letter(String id) {
        if (!DeadLetterId.isOne(id)) {
            return CompletableFuture.failedFuture(unknown());
        }
        return store.get(id).thenApply(found -> found.orElseThrow(Redrive::unknown));
    }

    /** The bytes of a letter's record; a 409 problem if they are gone. */
    CompletableFuture<byte[]> record(DeadLetterItem item) {
        return store.record(item)
                .thenApply(
                        found ->
                                found.orElseThrow(
                                        () -> conflict("The record of this letter is gone.")));
    }

    /** Redrives a letter; a problem that says why if that cannot be. */
    CompletableFuture<Redriven> redrive(String id) {
        return letter(id)
                .thenCompose(
                        item ->
                                tenants.tenant(item.letter().tenantId())
                                        .thenApply(found -> active(item, found))
                                        .thenCompose(tenant -> redrive(item, tenant)));
    }

    private CompletableFuture<Redriven> redrive(DeadLetterItem item, Tenant tenant) {
        return record(item).thenCompose(record -> claim(item, tenant, record));
    }

    private CompletableFuture<Redriven> claim(DeadLetterItem item, Tenant tenant, byte[] record) {
        DeadLetter letter = item.letter();
        Event event = event(letter, record);
        boolean asItIs = letter.requestId() == null;
        long nowMillis = time.millis();
        String wanted = asItIs ? event.eventId() : ids.issue(tenant.id(), nowMillis);
        return store.claim(letter.id(), wanted, nowMillis)
                .thenCompose(
                        claimed -> {
                            DeadLetterItem standing = claimed.orElseThrow(Redrive::unknown);
                            String as = String.valueOf(standing.redrivenAs());
                            long atMillis = standing.redrivenAtMillis();
                            boolean repeated = item.redrivenAs() != null || !as.equals(wanted);
                            StreamRecord again =
                                    asItIs
                                            ? new StreamRecord(letter.partitionKey(), record)
                                            : intake.record(
                                                    intake.again(
                                                            tenant,
                                                            (RequestEvent) event,
                                                            as,
                                                            atMillis));
                            return append(tenant, as, again, repeated)
                                    .thenApply(
                                            done ->
                                                    new Redriven(
                                                            letter.id(), as, atMillis, repeated));
                        });
    }

    private CompletableFuture<Void> append(
            Tenant tenant, String as, StreamRecord record, boolean repeated) {
        if (!repeated) {
            return appender.append(record);
        }
        return results.get(new ResultKey(tenant.id(), as))
                .thenCompose(
                        found ->
                                found.isPresent()
                                        ? CompletableFuture.completedFuture(null)
                                        : appender.append(record));
    }

    /** The event of a record by the rules of now. */
    private static Event event(DeadLetter letter, byte[] record) {
        Event event;
        try {
            event = EventJson.read(record);
        } catch (MalformedJsonException e) {
            throw unreadable(e.getMessage() + ".");
        }
        if (!event.tenantId().equals(letter.partitionKey())) {
            throw unreadable("it was stored under another tenant's partition key.");
        }
        if (letter.requestId() != null && !(event instanceof RequestEvent)) {
            throw unreadable("it is no request.");
        }
        return event;
    }

    private static Tenant active(DeadLetterItem item, Optional<Tenant> found) {
        String tenantId = item.letter().tenantId();
        Tenant tenant =
                found.orElseThrow(
                        () ->
                                conflict(
                                        "There is no tenant '"
                                                + tenantId
                                                + "' to redrive for: it never was, was deleted, or"
                                                + " has no policy."));
        if (tenant.item().suspended()) {
            throw conflict(
                    "The tenant '"
                            + tenantId
                            + "' is suspended; end that before its letters are redriven.");
        }
        return tenant;
    }

    private static ProblemException unreadable(String why) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "The record of this letter still cannot be processed: " + why)
                .retry(false)
                .asException();
    }

    private static ProblemException conflict(String detail) {
        return Problem.of(HttpStatus.CONFLICT, detail).retry(false).asException();
    }

    private static ProblemException unknown() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "There is no dead letter of this id; letters are kept for 30 days.")
                .asException();
    }
}
