package io.sluice.ingress.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.Json;
import io.sluice.ingress.stream.StreamRetention;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * How clients see a batch. {@code status} is {@code storing} until all its requests are on the
 * stream or its end was asked for, then {@code running}, and {@code ended} when none is queued. A
 * request without a result counts as {@code expired} when none can come any more, and as {@code
 * cancelled} if the batch was cancelled before the request was stored.
 */
@Singleton
final class BatchView {
    static final String ID_PREFIX = "batch_";

    private final InstantSource time;
    private final StreamRetention streamRetention;

    BatchView(InstantSource time, StreamRetention streamRetention) {
        this.time = time;
        this.streamRetention = streamRetention;
    }

    /** Where it is read. */
    static String path(Batch batch) {
        return "/v1/batches/" + batch.id();
    }

    /** The batch as it was when it was taken in. */
    ObjectNode taken(Batch batch) {
        return view(
                batch,
                underWay(batch),
                new Progress(batch.total(), Map.of())
                        .and(ResultStatus.CANCELLED, batch.neverStored()),
                0);
    }

    /** The batch as it is now. */
    ObjectNode of(Batch batch, Progress results) {
        Progress progress = results.and(ResultStatus.CANCELLED, batch.neverStored());
        boolean over = time.millis() - batch.receivedAtMillis() > streamRetention.millis();
        int left = batch.total() - progress.done();
        String status = over || left == 0 ? "ended" : underWay(batch);
        return view(batch, status, progress, over ? left : 0);
    }

    private static String underWay(Batch batch) {
        return batch.isSettled() ? "running" : "storing";
    }

    private static ObjectNode view(Batch batch, String status, Progress progress, int expired) {
        ObjectNode view =
                Json.object()
                        .put("id", batch.id())
                        .put("status", status)
                        .put("cancelling", batch.cancelling())
                        .put(
                                "received_at",
                                Instant.ofEpochMilli(batch.receivedAtMillis()).toString())
                        .put("total", batch.total())
                        .put("done", progress.done());
        ObjectNode counts = view.putObject("counts");
        counts.put("queued", batch.total() - progress.done() - expired);
        for (ResultStatus each : ResultStatus.values()) {
            counts.put(each.wireName(), progress.of(each));
        }
        counts.put("expired", expired);
        return view.put("results", path(batch) + "/results");
    }
}
