package io.sluice.ingress.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.ingress.result.ResultCache;
import io.sluice.ingress.result.ResultKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Final results that were read: for five minutes per API key on this node, and for 60 s per tenant
 * on all nodes. A final result never changes, so nothing is read again in between.
 */
@Singleton
final class EdgeResults implements ResultCache {
    static final Duration LIFE = Duration.ofMinutes(5);
    static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int USUAL_BYTES = 1_500;

    private record Name(String keyId, ResultKey result) {}

    private final SharedCache shared;
    private final Cache<Name, ResultItem> local;

    EdgeResults(SharedCache shared, Ticker ticker) {
        this.shared = shared;
        this.local =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .expireAfterWrite(LIFE)
                        .maximumWeight(MOST_BYTES)
                        .weigher((Name name, ResultItem item) -> weight(item))
                        .build();
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> get(String keyId, ResultKey key) {
        Name name = new Name(keyId, key);
        ResultItem held = local.getIfPresent(name);
        if (held != null) {
            return CompletableFuture.completedFuture(Optional.of(held));
        }
        return shared.get(sharedName(key))
                .thenApply(
                        found -> {
                            Optional<ResultItem> item = found.flatMap(h -> read(key, h));
                            item.ifPresent(i -> local.put(name, i));
                            return item;
                        });
    }

    @Override
    public void put(String keyId, ResultItem item) {
        ResultKey key = new ResultKey(item.tenantId(), item.requestId());
        local.put(new Name(keyId, key), item);
        shared.put(sharedName(key), Json.bytes(ResultItemJson.write(item)));
    }

    private static Optional<ResultItem> read(ResultKey key, SharedCache.Held held) {
        try {
            return Optional.of(ResultItemJson.read(Json.parse(held.value())))
                    .filter(item -> item.tenantId().equals(key.tenantId()))
                    .filter(item -> item.requestId().equals(key.requestId()));
        } catch (MalformedJsonException e) {
            return Optional.empty(); // another version's, or nobody's
        }
    }

    /** About what it takes in memory, bytes: text may take two a character. */
    private static int weight(ResultItem item) {
        String output = item.output();
        return USUAL_BYTES + (output == null ? 0 : 2 * output.length());
    }

    private static String sharedName(ResultKey key) {
        return SharedCache.name(key.tenantId(), "result", key.requestId());
    }
}
