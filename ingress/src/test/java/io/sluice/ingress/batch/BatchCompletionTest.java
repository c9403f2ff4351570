package io.sluice.ingress.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.stream.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Batches whose storing ends half-way, on a stream that remembers what came when. */
class BatchCompletionTest {
    private static final long MINUTE = 60_000;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final MapBatchStore store = new MapBatchStore();
    private final Map<String, List<Long>> appendedAt = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private long nowMillis = 1_000_000_000_000L;
    private int room = Integer.MAX_VALUE;
    private final Set<String> withdrawn = new HashSet<>();
    private IntConsumer afterAppend = count -> {};

    private final BatchCompletion completion =
            new BatchCompletion(
                    store,
                    (batch, entries) ->
                            entries.stream()
                                    .map(BatchEntry::requestId)
                                    .filter(id -> !ended.contains(id))
                                    .toList(),
                    new BatchAppender(this::append),
                    () -> Instant.ofEpochMilli(nowMillis));

    @Test
    void everyRequestIsAppendedOnceAndTheBatchIsStored() {
        Batch stored = complete(batch(1_001));
        assertThat(stored.stored()).isTrue();
        assertThat(appendedAt).hasSize(1_001);
        assertThat(appendedAt.values()).allMatch(times -> times.size() == 1);
        assertThat(complete(stored)).isEqualTo(stored);
    }

    @Test
    void repetitionAppendsWhatHasNoResultFromTheLastBegunChunkOn() {
        killedAfter(700, batch(1_200));
        ended.addAll(List.of(id(0), id(510), id(600)));
        nowMillis += 49 * MINUTE;
        complete(standing());
        assertThat(appendedAt.keySet())
                .isEqualTo(Set.copyOf(IntStream.range(0, 1_200).mapToObj(this::id).toList()));
        assertThat(times(499)).hasSize(1);
        assertThat(times(510)).hasSize(1);
        assertThat(times(511)).hasSize(2);
        assertThat(times(1_100)).hasSize(1);
    }

    @Test
    void whatMayBeOnTheStreamForAnHourIsNotAppendedAgain() {
        killedAfter(10, batch(40));
        ended.add(id(3));
        nowMillis += 50 * MINUTE;
        assertThatThrownBy(() -> complete(standing()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("39 of its requests")
                .matches(e -> ((ProblemException) e).problem().status() == 409);
        assertThat(appendedAt).hasSize(10);
        IntStream.range(0, 40).mapToObj(this::id).forEach(ended::add);
        assertThat(complete(standing()).stored()).isTrue();
        assertThat(appendedAt).hasSize(10);
    }

    @Test
    void whatWasNeverBegunIsStoredHoweverLate() {
        killedAfter(499, batch(600));
        IntStream.range(0, 500).mapToObj(this::id).forEach(ended::add);
        nowMillis += 600 * MINUTE;
        assertThat(complete(standing()).stored()).isTrue();
        assertThat(appendedAt).hasSize(599);
        assertThat(times(0)).hasSize(1);
    }

    @Test
    void cancelledBatchIsNotStartedByItsRepetition() {
        killedAfter(10, batch(600));
        Batch cancelling = store.markCancelling(batch(600)).join();
        assertThat(complete(cancelling)).isEqualTo(cancelling);
        assertThat(appendedAt).hasSize(10);
        assertThat(cancelling.neverStored()).isEqualTo(100);
    }

    @Test
    void cancellingEndsTheStoringWithItsChunkWhichIsWithdrawn() {
        Batch batch = batch(1_200);
        afterAppend =
                count -> {
                    if (count == 510) {
                        ended.add(id(501));
                        store.markCancelling(batch).join();
                    }
                };
        Batch cancelled = complete(batch);
        assertThat(cancelled.stored()).isFalse();
        assertThat(cancelled.neverStored()).isEqualTo(200);
        assertThat(appendedAt).hasSize(1_000);
        assertThat(withdrawn).hasSize(499).contains(id(500), id(999)).doesNotContain(id(501));
    }

    @Test
    void cancellingDuringTheLastChunkWithdrawsIt() {
        Batch batch = batch(3);
        afterAppend = count -> store.markCancelling(batch).join();
        assertThat(complete(batch).neverStored()).isZero();
        assertThat(withdrawn).containsExactlyInAnyOrder(id(0), id(1), id(2));
    }

    /** Killed anywhere, tried again at any time: the engine would tell every repetition. */
    @Property(tries = 100)
    void nothingIsAppendedAgainWhenTheEngineHasForgotten(@ForAll long seed) {
        new BatchCompletionTest().kill(new Random(seed));
    }

    private void kill(Random random) {
        store.commit(batch(1_100), entries(1_100)).join();
        for (int attempt = 0; attempt < 6; attempt++) {
            room = random.nextInt(900);
            try {
                complete(standing());
            } catch (Killed | ProblemException e) {
                nowMillis += random.nextLong(random.nextBoolean() ? 20 : 200) * MINUTE;
                appendedAt.keySet().stream()
                        .filter(id -> random.nextInt(3) > 0)
                        .forEach(ended::add);
            }
        }
        for (List<Long> times : appendedAt.values()) {
            long apart = times.get(times.size() - 1) - times.get(0);
            assertThat(apart).isLessThan(RequestEvent.REMEMBERED_MILLIS);
        }
        if (standing().stored()) {
            assertThat(appendedAt).hasSize(1_100);
        }
    }

    private CompletableFuture<Void> append(StreamRecord record) {
        if (record.data()[0] == '{') {
            withdrawn.add(((CommandEvent) EventJson.read(record.data())).subject());
            return CompletableFuture.completedFuture(null);
        }
        if (room-- <= 0) {
            throw new Killed();
        }
        String id = new String(record.data(), StandardCharsets.UTF_8);
        assertThat(ended.contains(id)).as(id + " has ended").isFalse();
        appendedAt.computeIfAbsent(id, first -> new ArrayList<>()).add(nowMillis);
        afterAppend.accept(appendedAt.size());
        return CompletableFuture.completedFuture(null);
    }

    private void killedAfter(int records, Batch batch) {
        store.commit(batch, entries(batch.total())).join();
        room = records;
        assertThatThrownBy(() -> complete(batch)).isInstanceOf(Killed.class);
        room = Integer.MAX_VALUE;
    }

    private Batch complete(Batch batch) {
        store.commit(batch, entries(batch.total())).join();
        return completion.complete(
                batch,
                (place, id) -> {
                    assertThat(id).isEqualTo(id(place));
                    return new StreamRecord("acme", id.getBytes(StandardCharsets.UTF_8));
                });
    }

    private Batch standing() {
        return store.find("acme", "batch_1").join().orElseThrow();
    }

    private Batch batch(int total) {
        return Batch.received("acme", "batch_1", id(0), nowMillis, total);
    }

    private List<BatchEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> new BatchEntry(id(i), null)).toList();
    }

    private List<Long> times(int place) {
        return appendedAt.getOrDefault(id(place), List.of());
    }

    private String id(int place) {
        return "req_" + place;
    }
}
