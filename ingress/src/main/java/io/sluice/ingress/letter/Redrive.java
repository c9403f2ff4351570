package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.RequestEvent;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.result.ResultKey;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.stream.EventAppender;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.stream.StreamRetention;
import io.sluice.ingress.submit.Intake;
import io.sluice.ingress.submit.Resubmit;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a letter's record in again, once. Everything that can refuse comes first. Then the letter
 * is claimed under the id it goes by from then on, the event is appended, and that is noted with
 * the letter; until it is, the letter stays open. Who comes between finds the claim and goes by
 * {@link RedriveStep}; the engine tells repeated events by their id.
 */
@Singleton
final class Redrive {
    /**
     * A letter that was redriven.
     *
     * @param as the request or other event that it is now
     * @param atMillis when that redrive began, epoch milliseconds
     * @param repeated whether another call began it
     */
    record Redriven(String id, String as, long atMillis, boolean repeated) {}

    /** What is sent in for a letter, checked. */
    private record Work(DeadLetterItem item, Tenant tenant, LetterEvent event) {}

    private final LetterStore store;
    private final TenantDirectory tenants;
    private final ResultStore results;
    private final Intake intake;
    private final Resubmit resubmit;
    private final RequestIds ids;
    private final EventAppender appender;
    private final StreamRetention retention;
    private final InstantSource time;

    Redrive(
            LetterStore store,
            TenantDirectory tenants,
            ResultStore results,
            Intake intake,
            Resubmit resubmit,
            RequestIds ids,
            EventAppender appender,
            StreamRetention retention,
            InstantSource time) {
        this.store = store;
        this.tenants = tenants;
        this.results = results;
        this.intake = intake;
        this.resubmit = resubmit;
        this.ids = ids;
        this.appender = appender;
        this.retention = retention;
        this.time = time;
    }

    /** The letter of a name; a 404 problem if there is none. */
    CompletableFuture<DeadLetterItem> letter(String id) {
        if (!DeadLetterId.isOne(id)) {
            return CompletableFuture.failedFuture(LetterProblems.unknown());
        }
        return store.get(id).thenApply(found -> found.orElseThrow(LetterProblems::unknown));
    }

    /** The bytes of a letter's record; a 409 problem if they are gone. */
    CompletableFuture<byte[]> record(DeadLetterItem item) {
        return store.record(item).thenApply(found -> found.orElseThrow(LetterProblems::recordGone));
    }

    /** Redrives a letter; a problem that says why if that cannot be. */
    CompletableFuture<Redriven> redrive(String id) {
        return letter(id)
                .thenCompose(
                        item ->
                                isStored(item)
                                        .thenCompose(
                                                stored ->
                                                        stored
                                                                ? noted(item, true)
                                                                : tryAgain(item)));
    }

    /** Whether it is known to be on the stream, by its own note or by a result. */
    private CompletableFuture<Boolean> isStored(DeadLetterItem item) {
        String as = item.redrivenAs();
        if (as == null || item.redrivenStored()) {
            return CompletableFuture.completedFuture(item.redrivenStored());
        }
        return results.get(new ResultKey(item.letter().tenantId(), as))
                .thenApply(Optional::isPresent);
    }

    private CompletableFuture<Redriven> tryAgain(DeadLetterItem item) {
        if (step(item) == RedriveStep.WAIT) {
            long anewAt = RedriveStep.anewAtMillis(item, retention.millis());
            throw LetterProblems.undecided(item, anewAt);
        }
        return tenants.tenant(item.letter().tenantId())
                .thenApply(found -> active(item, found))
                .thenCompose(
                        tenant ->
                                record(item)
                                        .thenApply(r -> LetterEvent.read(item.letter(), r))
                                        .thenCompose(e -> byPolicyOfNow(tenant, e))
                                        .thenCompose(e -> send(new Work(item, tenant, e))));
    }

    private CompletableFuture<LetterEvent> byPolicyOfNow(Tenant tenant, LetterEvent read) {
        return read.asItIs() != null
                ? CompletableFuture.completedFuture(read)
                : resubmit.byPolicyOfNow(tenant, (RequestEvent) read.event())
                        .thenApply(event -> new LetterEvent(event, null));
    }

    private CompletableFuture<Redriven> send(Work work) {
        return step(work.item()) == RedriveStep.REPEAT ? repeat(work) : begin(work);
    }

    private RedriveStep step(DeadLetterItem item) {
        return RedriveStep.of(item, time.millis(), retention.millis());
    }

    private CompletableFuture<Redriven> begin(Work work) {
        long nowMillis = time.millis();
        String wanted =
                work.event().asItIs() == null
                        ? ids.issue(work.tenant().id(), nowMillis)
                        : work.event().event().eventId();
        StreamRecord record = recordOf(work, wanted, nowMillis);
        appender.refusePaused();
        return store.claim(work.item(), wanted, nowMillis)
                .thenCompose(
                        claimed -> {
                            DeadLetterItem now = claimed.orElseThrow(LetterProblems::unknown);
                            boolean own =
                                    wanted.equals(now.redrivenAs())
                                            && now.redrivenAtMillis() == nowMillis;
                            if (own) {
                                return append(now, record, false);
                            }
                            return now.redrivenStored()
                                    ? noted(now, true)
                                    : repeat(new Work(now, work.tenant(), work.event()));
                        });
    }

    private CompletableFuture<Redriven> repeat(Work work) {
        DeadLetterItem item = work.item();
        StreamRecord record =
                recordOf(work, String.valueOf(item.redrivenAs()), item.redrivenAtMillis());
        return append(item, record, true);
    }

    private StreamRecord recordOf(Work work, String as, long atMillis) {
        StreamRecord asItIs = work.event().asItIs();
        return asItIs != null
                ? asItIs
                : intake.record(
                        intake.again(
                                work.tenant(), (RequestEvent) work.event().event(), as, atMillis));
    }

    private CompletableFuture<Redriven> append(
            DeadLetterItem item, StreamRecord record, boolean repeated) {
        return appender.append(record).thenCompose(stored -> noted(item, repeated));
    }

    /** Notes that it is on the stream, unless that was noted before. */
    private CompletableFuture<Redriven> noted(DeadLetterItem item, boolean repeated) {
        Redriven done =
                new Redriven(
                        item.letter().id(),
                        String.valueOf(item.redrivenAs()),
                        item.redrivenAtMillis(),
                        repeated);
        return item.redrivenStored()
                ? CompletableFuture.completedFuture(done)
                : store.noteStored(done.id(), done.as()).thenApply(noted -> done);
    }

    private static Tenant active(DeadLetterItem item, Optional<Tenant> found) {
        String tenantId = item.letter().tenantId();
        Tenant tenant = found.orElseThrow(() -> LetterProblems.noTenant(tenantId));
        if (tenant.item().suspended()) {
            throw LetterProblems.suspended(tenantId);
        }
        return tenant;
    }
}
