package io.sluice.ingress.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.ResultItem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.requestid.RequestIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestLookupTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final RequestIds ids = new RequestIds(List.of(new byte[32]));

    @Test
    void acknowledgedRequestIsNotGoneAsLongAsItsEventIsOnTheStream() {
        RequestLookup.Known friday = issued(Duration.ofHours(60));
        assertThat(lookup(Duration.ofDays(7)).live(friday)).isEqualTo(friday);
        assertThatThrownBy(() -> lookup(Duration.ofDays(1)).live(friday))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no longer kept");
    }

    private RequestLookup.Known issued(Duration ago) {
        String id = ids.issue("acme", NOW.minus(ago).toEpochMilli());
        return lookup(Duration.ZERO).find("acme", "key", id).join();
    }

    private RequestLookup lookup(Duration retention) {
        return new RequestLookup(
                ids,
                new NothingKept(),
                new TableOfResults(),
                InstantSource.fixed(NOW),
                retention::toMillis);
    }

    private static final class NothingKept implements ResultCache {
        @Override
        public CompletableFuture<Optional<ResultItem>> get(String keyId, ResultKey key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void put(String keyId, ResultItem item) {}
    }
}
