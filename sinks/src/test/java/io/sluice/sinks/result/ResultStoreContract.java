package io.sluice.sinks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link ResultStore} does. */
abstract class ResultStoreContract {
    private final String requestId = "req_" + UUID.randomUUID();

    /** The store under test; closed by the subclass. */
    abstract ResultStore store();

    @Test
    void firstPutStands() {
        ResultItem item = Results.succeeded(requestId, "hello");

        assertThat(store().putFinal(item).join()).isEqualTo(item);
    }

    @Test
    void laterPutAdoptsTheEarlierResult() {
        ResultItem first = Results.succeeded(requestId, "first");
        store().putFinal(first).join();

        assertThat(store().putFinal(Results.succeeded(requestId, "second")).join())
                .isEqualTo(first);
    }

    @Test
    void samePutTwiceStandsOnce() {
        ResultItem item = Results.succeeded(requestId, "again");
        store().putFinal(item).join();

        assertThat(store().putFinal(item).join()).isEqualTo(item);
    }

    @Test
    void failureAdoptsAnEarlierSuccessWithItsCost() {
        ResultItem success = Results.succeeded(requestId, "paid for");
        store().putFinal(success).join();

        ResultItem standing = store().putFinal(Results.failed(requestId, "deadline")).join();

        assertThat(standing.costPicoUsd()).isEqualTo(success.costPicoUsd());
        assertThat(standing.output()).isEqualTo(success.output());
    }

    @Test
    void whatStandsIsRead() {
        assertThat(store().find("acme", requestId, Isolation.POOLED).join()).isEmpty();
        ResultItem item = Results.succeeded(requestId, "hello");
        store().putFinal(item).join();

        assertThat(store().find("acme", requestId, Isolation.POOLED).join()).contains(item);
        assertThat(store().find("other", requestId, Isolation.POOLED).join()).isEmpty();
    }

    @Test
    void manyReadAtOnceFindEachItsOwn() {
        List<CompletableFuture<Optional<ResultItem>>> found = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            if (i % 3 == 0) {
                store().putFinal(Results.succeeded(requestId + "-" + i, "answer " + i)).join();
            }
        }
        for (int i = 0; i < 500; i++) { // each twice
            found.add(store().find("acme", requestId + "-" + i % 250, Isolation.POOLED));
        }

        for (int i = 0; i < 500; i++) {
            Optional<ResultItem> item = found.get(i).join();
            assertThat(item.map(ResultItem::output))
                    .isEqualTo(
                            i % 250 % 3 == 0
                                    ? Optional.of(
                                            Results.succeeded("req_x", "answer " + i % 250)
                                                    .output())
                                    : Optional.empty());
        }
    }

    @Test
    void sameRequestIdOfAnotherTenantIsAnotherItem() {
        store().putFinal(Results.succeeded(requestId, "one")).join();
        ResultItem other =
                Results.succeeded(requestId, "two").toBuilder().tenantId("other").build();

        assertThat(store().putFinal(other).join()).isEqualTo(other);
    }

    @Test
    void concurrentPutsAgreeOnOne() {
        List<CompletableFuture<ResultItem>> puts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            puts.add(store().putFinal(Results.succeeded(requestId, "answer " + i)));
        }

        assertThat(puts.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void textOfAnyKindComesBackAsItWas() {
        ResultItem item = Results.succeeded(requestId, "ünï \u0000 \uD83D\uDE00 \"quoted\" \n");
        store().putFinal(item).join();

        assertThat(store().putFinal(Results.failed(requestId, "deadline")).join()).isEqualTo(item);
    }
}
