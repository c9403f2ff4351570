package io.sluice.ingress.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contract.Decision;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultWaiterTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TableOfResults table = new TableOfResults();
    private final ResultWaiter waiter =
            new ResultWaiter(table, Ticker.systemTicker(), new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        waiter.close();
    }

    @Test
    void resultIsHandedOutWhenItIsThere() {
        CompletableFuture<Optional<ResultItem>> answer = waiter.await("t", "r", LONG);
        await().until(() -> !table.reads.isEmpty());
        assertThat(answer).isNotDone();
        store("r");
        assertThat(answer.join()).hasValueSatisfying(i -> assertThat(i.requestId()).isEqualTo("r"));
    }

    @Test
    void waitingForTheSameResultReadsItOnce() {
        List<CompletableFuture<Optional<ResultItem>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(waiter.await("t", "r", LONG));
        }
        store("r");
        answers.forEach(a -> assertThat(a.join()).isPresent());
        assertThat(table.reads).allMatch(keys -> keys.size() == 1);
    }

    @Test
    void readersShareReadsOfAtMostAHundredKeys() {
        List<CompletableFuture<Optional<ResultItem>>> answers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            answers.add(waiter.await("t", "r" + i, LONG));
        }
        await().until(() -> table.reads.size() > 4);
        assertThat(table.reads).allMatch(keys -> keys.size() <= ResultStore.MOST_KEYS);
        assertThat(table.reads).anyMatch(keys -> keys.size() > 10);
        for (int i = 0; i < 250; i++) {
            store("r" + i);
        }
        answers.forEach(a -> assertThat(a.join()).isPresent());
    }

    @Test
    void waitEndsWithoutAResultAndReadingEndsWithIt() {
        assertThat(waiter.await("t", "r", Duration.ofMillis(60)).join()).isEmpty();
        await().until(
                        () -> {
                            int before = table.reads.size();
                            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                            return table.reads.size() == before;
                        });
    }

    @Test
    void unreadKeysAndFailedReadsAreReadAgain() {
        table.failing = true;
        CompletableFuture<Optional<ResultItem>> answer = waiter.await("t", "r", LONG);
        await().until(() -> !table.reads.isEmpty());
        table.failing = false;
        table.leavingUnread = true;
        store("r");
        int before = table.reads.size();
        await().until(() -> table.reads.size() > before);
        assertThat(answer).isNotDone();
        table.leavingUnread = false;
        assertThat(answer.join()).isPresent();
    }

    @Test
    void pausesGrowWithAgeWithinBounds() {
        assertThat(ResultWaiter.pauseNanos(0, 1)).isEqualTo(40_000_000);
        assertThat(ResultWaiter.pauseNanos(400_000_000, 1)).isEqualTo(100_000_000);
        assertThat(ResultWaiter.pauseNanos(60_000_000_000L, 1)).isEqualTo(250_000_000);
    }

    @Test
    void manyWhoWaitLongAskForFiveHundredKeysASecondTogether() {
        assertThat(ResultWaiter.pauseNanos(60_000_000_000L, 125)).isEqualTo(250_000_000);
        assertThat(ResultWaiter.pauseNanos(60_000_000_000L, 1_000)).isEqualTo(2_000_000_000L);
        assertThat(ResultWaiter.pauseNanos(400_000_000, 1_000)).isEqualTo(100_000_000);
    }

    @Test
    void stoppingLetsEverybodyGo() {
        CompletableFuture<Optional<ResultItem>> answer = waiter.await("t", "r", LONG);
        waiter.close();
        assertThat(answer.join()).isEmpty();
    }

    private void store(String id) {
        table.items.put(
                new ResultKey("t", id),
                ResultItem.builder()
                        .tenantId("t")
                        .requestId(id)
                        .status(ResultStatus.SUCCEEDED)
                        .decision(
                                Decision.builder()
                                        .outcome(Verdict.INVOKED)
                                        .limits(List.of())
                                        .build())
                        .usage(Usage.NONE)
                        .priceVersion("p")
                        .model("m")
                        .endpoint("e")
                        .build());
    }
}
