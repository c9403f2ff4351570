package io.sluice.ingress.batch;

import io.sluice.contract.RequestEvent;
import io.sluice.ingress.idempotency.Claim;
import io.sluice.ingress.idempotency.Fingerprint;
import io.sluice.ingress.idempotency.Idempotency;
import io.sluice.ingress.idempotency.IdempotencyKey;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.submit.Intake;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches in: checks every line, stores the batch with the ids of its requests, then their
 * events, then that all of them are stored. The same call again under its idempotency key goes on
 * where the first one ended, with the same ids. Blocks the calling thread.
 */
@Singleton
final class BatchIntake {
    private static final String OPERATION = "POST /v1/batches";

    /** What a client sent, checked. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(Tenant tenant, byte[] body, List<BatchLine> lines, @Nullable String traceparent) {}

    /** A batch whose requests are on the stream; {@code replayed} if an earlier call made it. */
    record Taken(Batch batch, boolean replayed) {}

    private final BatchReader reader;
    private final RequestIds ids;
    private final InstantSource time;
    private final Idempotency idempotency;
    private final BatchStore store;
    private final BatchCompletion completion;
    private final BatchProblems problems;

    BatchIntake(
            BatchReader reader,
            RequestIds ids,
            InstantSource time,
            Idempotency idempotency,
            BatchStore store,
            BatchCompletion completion,
            BatchProblems problems) {
        this.reader = reader;
        this.ids = ids;
        this.time = time;
        this.idempotency = idempotency;
        this.store = store;
        this.completion = completion;
        this.problems = problems;
    }

    Taken take(
            Tenant tenant,
            byte[] body,
            Optional<IdempotencyKey> key,
            @Nullable String traceparent) {
        if (key.isPresent()) {
            return take(tenant, body, key.get(), traceparent);
        }
        Sent sent = new Sent(tenant, body, reader.read(tenant, body), traceparent);
        long now = time.millis();
        return new Taken(complete(sent, commit(sent, newId(tenant, now), now), false), false);
    }

    /** Lines are checked by the rules of now only if some are still to be stored. */
    private Taken take(
            Tenant tenant, byte[] body, IdempotencyKey key, @Nullable String traceparent) {
        String fingerprint = Fingerprint.of(OPERATION, body);
        Optional<Batch> known =
                idempotency
                        .find(tenant.id(), key, fingerprint)
                        .join()
                        .flatMap(claim -> store.find(tenant.id(), claim.subjectId()).join());
        if (known.isPresent() && known.get().isSettled()) {
            return new Taken(known.get(), true);
        }
        List<BatchLine> lines =
                known.isPresent()
                        ? problems.about(known.get(), true, () -> reader.read(tenant, body))
                        : reader.read(tenant, body);
        Sent sent = new Sent(tenant, body, lines, traceparent);
        long now = time.millis();
        String id = newId(tenant, now);
        Claim claim =
                idempotency.claim(new Claim(tenant.id(), key.hash(), id, now, fingerprint)).join();
        boolean first = claim.subjectId().equals(id);
        Optional<Batch> standing =
                first ? Optional.empty() : store.find(tenant.id(), claim.subjectId()).join();
        Batch batch =
                standing.orElseGet(() -> commit(sent, claim.subjectId(), claim.receivedAtMillis()));
        return new Taken(complete(sent, batch, true), !first);
    }

    private String newId(Tenant tenant, long nowMillis) {
        return BatchView.ID_PREFIX + ids.issue(tenant.id(), nowMillis).substring("req_".length());
    }

    private Batch commit(Sent sent, String id, long receivedAtMillis) {
        String tenantId = sent.tenant().id();
        List<BatchEntry> entries =
                sent.lines().stream()
                        .map(
                                line ->
                                        new BatchEntry(
                                                ids.issue(tenantId, receivedAtMillis),
                                                line.customId()))
                        .toList();
        Batch batch =
                Batch.received(
                        tenantId, id, entries.get(0).requestId(), receivedAtMillis, entries.size());
        return store.commit(batch, entries).join();
    }

    private Batch complete(Sent sent, Batch batch, boolean hasKey) {
        BatchCompletion.Records records =
                (place, requestId) -> record(sent, batch, place, requestId);
        return problems.about(batch, hasKey, () -> completion.complete(batch, records));
    }

    private StreamRecord record(Sent sent, Batch batch, int place, String requestId) {
        RequestEvent event =
                reader.event(
                        sent.tenant(), sent.body(), sent.lines().get(place), sent.traceparent());
        return reader.record(Intake.reissued(event, requestId, batch.receivedAtMillis()));
    }
}
