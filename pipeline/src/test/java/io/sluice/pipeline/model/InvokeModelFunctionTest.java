package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.ResultItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.model.schedule.CallTerms;
import io.sluice.pipeline.model.schedule.LaneSettings;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.FailureKind;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The function in Flink's own async operator, with harness time. */
@SuppressWarnings("try") // closing a harness may throw anything
class InvokeModelFunctionTest {
    private static final long TIMEOUT_MILLIS = 1_000;

    private final ManualClock clock = new ManualClock(NOW);
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final ScriptedResultStore store = new ScriptedResultStore();
    private final ScriptedAttemptStore attempts = new ScriptedAttemptStore();

    private OneInputStreamOperatorTestHarness<CallOrder, CallEnd> harness() throws Exception {
        return harness(1 << 20);
    }

    private OneInputStreamOperatorTestHarness<CallOrder, CallEnd> harness(long laneBytes)
            throws Exception {
        InvokeModelFunction function =
                new InvokeModelFunction(
                        new InvokerFactory(
                                maxConcurrency -> model,
                                "us-east-1",
                                new CallStores(mostAtOnce -> attempts, mostAtOnce -> store),
                                PriceBookJson::shipped,
                                new InvokeSettings(
                                        new LaneSettings(4, laneBytes, 10, laneBytes),
                                        new LaneSettings(1, laneBytes, 10, laneBytes),
                                        Duration.ofSeconds(5),
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(10),
                                        3,
                                        BreakerSettings.SHIPPED,
                                        TargetSettings.WIDE),
                                clock));
        OneInputStreamOperatorTestHarness<CallOrder, CallEnd> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncWaitOperatorFactory<>(
                                function, TIMEOUT_MILLIS, 20, AsyncDataStream.OutputMode.UNORDERED),
                        Types.CALL_ORDER.createSerializer(
                                new ExecutionConfig().getSerializerConfig()));
        harness.getExecutionConfig()
                .configure(
                        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
                        getClass().getClassLoader());
        harness.setup(Types.CALL_END.createSerializer(new ExecutionConfig().getSerializerConfig()));
        return harness;
    }

    private static StreamRecord<CallOrder> start(String tenantId, String requestId) {
        return new StreamRecord<>(CallOrder.start(admitted(tenantId, requestId)));
    }

    private static List<String> emitted(OneInputStreamOperatorTestHarness<?, CallEnd> harness)
            throws Exception {
        while (harness.getTaskMailbox().hasMail()) {
            harness.getTaskMailbox().take(0).run();
        }
        return harness.extractOutputStreamRecords().stream()
                .map(record -> record.getValue().outcome())
                .map(o -> o.facts().requestId() + ' ' + o.facts().status().wireName())
                .toList();
    }

    @Test
    void everyRequestLeavesAsOneOutcome() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 10; i++) {
                harness.processElement(start("t" + i % 3, "r" + i));
            }

            harness.endInput();

            assertThat(emitted(harness)).hasSize(10).doesNotHaveDuplicates();
            assertThat(store.items).hasSize(10);
            assertThat(harness.extractOutputValues())
                    .allSatisfy(
                            end -> {
                                assertThat(end.result().requestId())
                                        .isEqualTo(end.outcome().facts().requestId());
                                assertThat(end.result().output()).isNull();
                            });
        }
    }

    /** Until then the operator itself keeps each request, whatever we forget. */
    @Test
    void requestsBeyondTheBytesAreHeldBackWhileResultsAreNotStored() throws Exception {
        long one = CallTerms.bytesOf(admitted("acme", "r0"));
        store.holding = true;
        try (var harness = harness(2 * one)) { // 2 run and 2 wait in each lane, and half as many
            harness.open();
            Thread task = new Thread(() -> processUntilInterrupted(harness));
            task.start();
            await().until(() -> task.getState() == Thread.State.WAITING);
            task.interrupt(); // as a job that is cancelled does
            task.join();

            store.holding = false;
            store.answerHeld();
            assertThat(emitted(harness)).hasSize(12).doesNotHaveDuplicates();
            harness.processElement(start("late", "late"));
            assertThat(emitted(harness)).hasSize(13);
        }
    }

    private static void processUntilInterrupted(
            OneInputStreamOperatorTestHarness<CallOrder, CallEnd> harness) {
        try {
            for (int i = 0; i < 18; i++) {
                harness.processElement(start("t" + i, "r" + i));
            }
            throw new AssertionError("nothing was held back");
        } catch (InterruptedException e) {
            // as it should
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void timeoutIsARecordedFailure() throws Exception {
        model.stalling = true;
        try (var harness = harness()) {
            harness.setProcessingTime(0);
            harness.open();
            harness.processElement(start("acme", "r1"));

            harness.setProcessingTime(TIMEOUT_MILLIS + 1);

            assertThat(emitted(harness)).isEmpty(); // its attempt may still cost something
            model.stalled
                    .remove()
                    .completeExceptionally(ScriptedModelClient.failure(ModelFailure.THROTTLED));
            assertThat(emitted(harness)).containsExactly("r1 failed");
            assertThat(store.items.get("r1").decision().reason()).isEqualTo("model-error");
        }
    }

    @Test
    void timeoutWhileTheStoreIsDownWaitsForTheStore() throws Exception {
        store.failuresToCome.add(FailureKind.RETRY);
        try (var harness = harness()) {
            harness.setProcessingTime(0);
            harness.open();
            harness.processElement(start("acme", "r1"));

            harness.setProcessingTime(TIMEOUT_MILLIS + 1);
            assertThat(emitted(harness)).isEmpty();

            clock.advanceBy(10_000);
            assertThat(emitted(harness)).containsExactly("r1 succeeded");
        }
    }

    @Test
    void restoredJobUsesTheFinishedCallAndNeverCallsAgain() throws Exception {
        OperatorSubtaskState snapshot;
        model.stalling = true;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(start("acme", "r1"));
            snapshot = harness.snapshot(1, 1);
            model.stalled.remove().complete(ScriptedModelClient.reply("first"));
        }
        ResultItem first = store.items.remove("r1"); // the put was lost
        model.stalling = false;

        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            assertThat(model.calls).hasSize(1);
            clock.advanceBy(500);
            harness.endInput();

            assertThat(emitted(harness)).containsExactly("r1 succeeded");
            assertThat(harness.extractOutputValues().get(0).outcome().payload())
                    .isEqualTo(first.output());
            assertThat(model.calls).hasSize(1);
            assertThat(store.items.get("r1")).isEqualTo(first);
        }
    }

    @Test
    void withdrawnRequestLeavesAsCancelledAndTheWithdrawalAsNothing() throws Exception {
        model.stalling = true;
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 3; i++) { // two run: the tenant's own bound
                harness.processElement(start("acme", "r" + i));
            }
            harness.processElement(new StreamRecord<>(CallOrder.withdrawal("acme", "r2")));
            harness.processElement(new StreamRecord<>(CallOrder.withdrawal("acme", "r9")));

            assertThat(emitted(harness)).containsExactly("r2 cancelled");
            model.stalled.forEach(call -> call.complete(ScriptedModelClient.reply("hello")));
            harness.endInput();
            assertThat(emitted(harness))
                    .containsExactlyInAnyOrder("r2 cancelled", "r0 succeeded", "r1 succeeded");
            assertThat(model.calls).hasSize(2);
        }
    }

    @Test
    void withdrawalSurvivesARestoreUntilItsResultIsStored() throws Exception {
        OperatorSubtaskState snapshot;
        model.stalling = true;
        store.holding = true;
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 3; i++) {
                harness.processElement(start("acme", "r" + i));
            }
            harness.processElement(new StreamRecord<>(CallOrder.withdrawal("acme", "r2")));
            snapshot = harness.snapshot(1, 1);
        }
        store.holding = false;
        store.items.clear(); // the put was lost

        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            clock.advanceBy(500);

            assertThat(emitted(harness)).containsExactly("r2 cancelled");
            assertThat(model.calls).hasSize(4);
        }
    }

    /** The operator keeps its records in no order. */
    @Test
    void restoredWithdrawalMayComeBeforeItsRequest() throws Exception {
        model.stalling = true;
        OperatorSubtaskState empty;
        try (var harness = harness()) {
            harness.open();
            empty = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(empty);
            harness.open();
            harness.processElement(new StreamRecord<>(CallOrder.withdrawal("acme", "r1")));
            harness.processElement(new StreamRecord<>(CallOrder.withdrawal("acme", "r2")));
            clock.advanceBy(500);
            harness.processElement(start("acme", "r1"));
            assertThat(emitted(harness)).containsExactly("r1 cancelled");

            harness.snapshot(2, 2);
            harness.processElement(start("acme", "r2"));
            assertThat(model.calls).hasSize(1);
            model.stalled.remove().complete(ScriptedModelClient.reply("hello"));
            harness.endInput();
            assertThat(emitted(harness)).containsExactly("r1 cancelled", "r2 succeeded");
        }
    }
}
