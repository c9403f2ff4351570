package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.OutcomeEvent;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness may be interrupted while closing
class SplitCallEndsFunctionTest {
    private static final OutcomeEvent OUTCOME = Facts.event(Facts.failed("r1").build());

    @Test
    void everyOutcomeGoesOnAndALetterLeavesBesideIt() throws Exception {
        DeadLetter letter =
                DeadLetter.builder()
                        .reason("exhausted")
                        .detail("model-error")
                        .partitionKey("acme")
                        .requestId("r1")
                        .arrivedAtMillis(Facts.NOON)
                        .raw("")
                        .build();
        try (OneInputStreamOperatorTestHarness<CallEnd, OutcomeEvent> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(new SplitCallEndsFunction())) {
            harness.processElement(CallEnd.of(OUTCOME), 0);
            assertThat(harness.getSideOutput(SideOutputs.DEAD_LETTERS)).isNull();

            harness.processElement(CallEnd.of(OUTCOME, letter), 0);
            assertThat(harness.extractOutputValues()).containsExactly(OUTCOME, OUTCOME);
            assertThat(harness.getSideOutput(SideOutputs.DEAD_LETTERS))
                    .extracting(record -> record.getValue())
                    .containsExactly(letter);
        }
    }
}
