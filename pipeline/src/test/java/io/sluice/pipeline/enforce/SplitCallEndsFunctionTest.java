package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.Decision;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
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
            assertThat(harness.getSideOutput(SideOutputs.CALL_RESULTS)).isNull();
        }
    }

    @Test
    void resultLeavesWithoutItsAnswer() throws Exception {
        Decision decision =
                Decision.builder()
                        .outcome(Verdict.INVOKED)
                        .retryAfterMillis(-1)
                        .policyVersion(1)
                        .decidedAtMillis(Facts.NOON)
                        .seq(1)
                        .build();
        ResultItem.Builder result =
                ResultItem.builder()
                        .tenantId("acme")
                        .requestId("r1")
                        .status(ResultStatus.SUCCEEDED)
                        .decision(decision)
                        .usage(Usage.of(1, 2))
                        .priceVersion("p")
                        .model("m")
                        .endpoint("chat");
        try (OneInputStreamOperatorTestHarness<CallEnd, OutcomeEvent> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(new SplitCallEndsFunction())) {
            harness.processElement(
                    CallEnd.of(OUTCOME).standing(result.output("an answer").build()), 0);
            assertThat(harness.extractOutputValues()).containsExactly(OUTCOME);
            assertThat(harness.getSideOutput(SideOutputs.CALL_RESULTS))
                    .extracting(record -> record.getValue())
                    .containsExactly(result.output(null).build());
        }
    }
}
