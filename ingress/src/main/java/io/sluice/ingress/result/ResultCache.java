package io.sluice.ingress.result;

import io.sluice.contract.ResultItem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Final results that were read before. May forget at any time and never fails. */
public interface ResultCache {
    /** The result, if who holds that key or another node has read it of late. */
    CompletableFuture<Optional<ResultItem>> get(String keyId, ResultKey key);

    /** Remembers a result that was read with that key. */
    void put(String keyId, ResultItem item);
}
