package io.sluice.sinks.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingCallsTest {
    private final BlockingCalls calls = new BlockingCalls("test", 2);

    /** One thread, so that calls are made in the order in which they are taken. */
    private final BlockingCalls alone = new BlockingCalls("test-alone", 1);

    @AfterEach
    void close() {
        calls.close();
        alone.close();
    }

    @Test
    void floodWaitsBehindItself() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        List<String> made = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ends.add(alone.call("flood", Stage.START, () -> await(open, made, "flood")));
        }
        ends.add(alone.call("person", Stage.START, () -> await(open, made, "person")));
        open.countDown();
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                .get(10, TimeUnit.SECONDS);

        // One was under way already, and the flood's next may have been first in turn.
        assertThat(made).hasSize(51);
        assertThat(made.indexOf("person")).isLessThanOrEqualTo(2);
    }

    @Test
    void neverMoreAtOnceThanThreads() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ends.add(
                    calls.call(
                            "t" + i % 7,
                            Stage.START,
                            () -> {
                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                return now.decrementAndGet();
                            }));
        }
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                .get(10, TimeUnit.SECONDS);

        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void callThatFailsEndsSoAndTheNextIsMade() throws Exception {
        CompletableFuture<String> failed =
                calls.call(
                        "t",
                        Stage.START,
                        () -> {
                            throw new IllegalStateException("as told");
                        });
        CompletableFuture<String> next = calls.call("t", Stage.START, () -> "made");

        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("made");
        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("as told");
    }

    private static String await(CountDownLatch open, List<String> made, String line) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        made.add(line);
        return line;
    }
}
