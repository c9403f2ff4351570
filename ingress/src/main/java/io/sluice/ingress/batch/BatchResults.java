package io.sluice.ingress.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.Json;
import io.sluice.ingress.result.ItemView;
import io.sluice.ingress.result.ResultKey;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.result.WholeResults;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What became of the requests of a batch. Reads results in windows and never holds more than one;
 * what is counted of a chunk in which all have ended is remembered, so polling reads only the rest.
 */
@Singleton
final class BatchResults {
    /** Results read at once: at most 16 MB come back, whatever their size. */
    private static final int WINDOW = 50;

    private static final int REMEMBERED_CHUNKS = 10_000;

    private record Ended(BatchEntry entry, ResultItem item) {}

    private record ChunkName(String tenantId, String batchId, int chunk) {}

    private final BatchStore batches;
    private final ResultStore results;
    private final WholeResults whole;
    private final Cache<ChunkName, Progress> complete =
            Caffeine.newBuilder().maximumSize(REMEMBERED_CHUNKS).build();
    private final LoadingCache<Batch, Progress> polled;

    BatchResults(BatchStore batches, ResultStore results, WholeResults whole, Ticker ticker) {
        this.batches = batches;
        this.results = results;
        this.whole = whole;
        this.polled =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .expireAfterWrite(Duration.ofSeconds(1))
                        .maximumSize(1_000)
                        .build(this::count);
    }

    /** How far the batch is, at most a second old. Blocks the calling thread. */
    Progress progress(Batch batch) {
        return polled.get(batch);
    }

    /** The ids of a chunk that have no result yet. Blocks the calling thread. */
    List<String> unfinished(Batch batch, int chunk) {
        return unfinished(batch, batches.entries(batch, chunk).join());
    }

    /** The ids of these entries that have no result yet. Blocks the calling thread. */
    List<String> unfinished(Batch batch, List<BatchEntry> entries) {
        List<String> unfinished = new ArrayList<>();
        for (List<BatchEntry> window : windows(entries)) {
            Map<ResultKey, ResultItem> found = find(batch, window).join();
            window.stream()
                    .map(BatchEntry::requestId)
                    .filter(id -> !found.containsKey(new ResultKey(batch.tenantId(), id)))
                    .forEach(unfinished::add);
        }
        return unfinished;
    }

    /** The results that are there, as JSON lines in the order of the batch, read on demand. */
    Flux<byte[]> lines(Batch batch) {
        return Flux.range(0, batch.chunks())
                .concatMap(chunk -> Mono.fromFuture(() -> batches.entries(batch, chunk)), 1)
                .concatMapIterable(BatchResults::windows, 1)
                .concatMap(window -> lines(batch, window), 1);
    }

    /** Large answers are read one at a time, when their line's turn has come. */
    private Flux<byte[]> lines(Batch batch, List<BatchEntry> window) {
        return Mono.fromFuture(() -> find(batch, window))
                .flatMapIterable(found -> ended(batch, window, found))
                .concatMap(ended -> Mono.fromFuture(() -> line(ended.entry(), ended.item())), 1);
    }

    private static List<Ended> ended(
            Batch batch, List<BatchEntry> window, Map<ResultKey, ResultItem> found) {
        List<Ended> ended = new ArrayList<>();
        for (BatchEntry entry : window) {
            ResultItem item = found.get(new ResultKey(batch.tenantId(), entry.requestId()));
            if (item != null) {
                ended.add(new Ended(entry, item));
            }
        }
        return ended;
    }

    private CompletableFuture<byte[]> line(BatchEntry entry, ResultItem item) {
        return whole.view(
                item,
                all -> {
                    ObjectNode line =
                            Json.object()
                                    .put("custom_id", entry.customId())
                                    .put("id", entry.requestId());
                    line.set("item", ItemView.of(all));
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.writeBytes(Json.bytes(line));
                    out.write('\n');
                    return out.toByteArray();
                });
    }

    private Progress count(Batch batch) {
        Progress sum = Progress.none();
        for (int i = 0; i < batch.chunks(); i++) {
            ChunkName name = new ChunkName(batch.tenantId(), batch.id(), i);
            Progress chunk = complete.getIfPresent(name);
            if (chunk == null) {
                chunk = count(batch, i);
                if (chunk.isComplete()) {
                    complete.put(name, chunk);
                }
            }
            sum = sum.plus(chunk);
        }
        return sum;
    }

    private Progress count(Batch batch, int chunk) {
        List<BatchEntry> entries = batches.entries(batch, chunk).join();
        Map<ResultStatus, Integer> ended = new EnumMap<>(ResultStatus.class);
        for (List<BatchEntry> window : windows(entries)) {
            find(batch, window)
                    .join()
                    .values()
                    .forEach(item -> ended.merge(item.status(), 1, Integer::sum));
        }
        return new Progress(entries.size(), ended);
    }

    private CompletableFuture<Map<ResultKey, ResultItem>> find(
            Batch batch, List<BatchEntry> window) {
        Set<ResultKey> keys = new HashSet<>();
        window.forEach(entry -> keys.add(new ResultKey(batch.tenantId(), entry.requestId())));
        return results.findAll(keys);
    }

    private static List<List<BatchEntry>> windows(List<BatchEntry> entries) {
        List<List<BatchEntry>> windows = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += WINDOW) {
            windows.add(entries.subList(from, Math.min(entries.size(), from + WINDOW)));
        }
        return windows;
    }
}
