package io.sluice.pipeline.replay;

import static io.sluice.pipeline.replay.Trace.BIG;
import static io.sluice.pipeline.replay.Trace.SMALL;
import static io.sluice.pipeline.replay.Trace.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits and order: what is admitted, what is refused, and why. */
class SimulationTest {
    private static final long DAY = 86_400_000;

    @Test
    void minuteLimitHoldsOverAnySixtySecondsAndNotLonger() throws Exception {
        Totals totals =
                Trace.under("{requests_per_minute: 2}")
                        .add(call(0), call(30_000)) // both admitted
                        .add(call(59_999)) // (−1, 59,999] holds 0 and 30,000: refused
                        .add(call(60_000)) // (0, 60,000] holds 30,000 alone: admitted
                        .add(call(89_999)) // (29,999, 89,999] holds 30,000 and 60,000: refused
                        .add(call(90_000)) // admitted
                        .totals();
        assertThat(totals.requests()).isEqualTo(6);
        assertThat(totals.admitted()).isEqualTo(4);
        assertThat(totals.rejected()).isEqualTo(Map.of("requests-per-minute", 2L));
    }

    @Test
    void dayLimitIsOfTheUtcDay() throws Exception {
        long midnight = DAY / 2;
        Totals totals =
                Trace.under("{requests_per_day: 1}")
                        .add(call(0)) // admitted
                        .add(call(midnight - 1)) // the same day: refused
                        .add(call(midnight)) // the next day: admitted
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.rejected()).isEqualTo(Map.of("requests-per-day", 1L));
    }

    @Test
    void outcomePrecedesRequestOfTheSameTime() throws Exception {
        Totals totals =
                Trace.under("{max_pending: 1}")
                        .add(call(0).latencyMillis(100)) // pending in [0, 100)
                        .add(call(99)) // refused
                        .add(call(100)) // admitted
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.rejected()).isEqualTo(Map.of("queue-full", 1L));
    }

    @Test
    void callWithoutLatencyEndsBeforeTheNextRequestOfItsTime() throws Exception {
        Totals totals = Trace.under("{max_pending: 1}").add(call(0), call(0), call(0)).totals();
        assertThat(totals.admitted()).isEqualTo(3);
    }

    @Test
    void holdLastsAsLongAsItsCall() throws Exception {
        long fortyMinutes = 2_400_000;
        Totals totals =
                Trace.under("{max_pending: 1}")
                        .add(call(0).latencyMillis(fortyMinutes))
                        .add(call(fortyMinutes - 1)) // refused
                        .add(call(fortyMinutes)) // admitted
                        .totals();
        assertThat(totals.rejected()).isEqualTo(Map.of("queue-full", 1L));
    }

    @Test
    void outcomesComeInTheOrderOfTheirTimes() throws Exception {
        Totals totals =
                Trace.under("{max_pending: 2}")
                        .add(call(0).latencyMillis(1_000), call(0).latencyMillis(10))
                        .add(call(10).latencyMillis(5)) // the second call has ended: admitted
                        .add(call(14)) // the first and the third have not: refused
                        .add(call(15)) // admitted
                        .totals();
        assertThat(totals.admitted()).isEqualTo(4);
        assertThat(totals.rejected()).isEqualTo(Map.of("queue-full", 1L));
    }

    @Test
    void lineEarlierThanItsTenantsNewestCountsAtThatNewestTime() throws Exception {
        Trace trace =
                Trace.under("{requests_per_minute: 1}")
                        .add(call(60_000)) // admitted
                        .add(call(0)) // counts at 60,000: refused; sorted it would be admitted
                        .add(call(119_999)) // refused
                        .add(call(120_000)); // admitted
        assertThat(trace.totals().admitted()).isEqualTo(2);
    }

    @Test
    void refusedLineMovesTheClockToo() throws Exception {
        Totals totals =
                Trace.under("{requests_per_minute: 1}")
                        .add(call(0)) // admitted
                        .add(call(59_999)) // refused
                        .add(call(50_000).latencyMillis(1)) // at 59,999: refused
                        .add(call(60_000)) // admitted
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
    }

    @Test
    void latencyCountsFromTheClampedTime() throws Exception {
        Totals totals =
                Trace.under("{max_pending: 1}")
                        .add(call(1_000)) // ends at once
                        .add(call(0).latencyMillis(500)) // at 1,000, so it ends at 1,500
                        .add(call(1_499)) // refused
                        .add(call(1_500)) // admitted
                        .totals();
        assertThat(totals.admitted()).isEqualTo(3);
    }

    @Test
    void tenantsDoNotShareAClockOrALimit() throws Exception {
        SimulationReport report =
                Trace.under("{requests_per_minute: 1}")
                        .add(call(600_000))
                        .add(call(0).tenantId("other"), call(60_000).tenantId("other"))
                        .finish();
        assertThat(report.overall().admitted()).isEqualTo(3);
        assertThat(report.minutePeaks()).isEqualTo(Map.of("acme", 1L, "other", 1L));
    }

    @Test
    void yearsBetweenLinesAreNoReasonToDropOne() throws Exception {
        long decade = 3_650 * DAY;
        Totals totals =
                Trace.under("{requests_per_minute: 2}")
                        .add(call(0), call(decade)) // both admitted
                        .add(call(0)) // ten years back: at the newest time, admitted
                        .add(call(-20 * decade / 10)) // refused there
                        .add(call(5 * decade)) // admitted
                        .totals();
        assertThat(totals.requests()).isEqualTo(5);
        assertThat(totals.admitted()).isEqualTo(4);
    }

    @Test
    void epochAndTheEndOfTimeAreTimes() throws Exception {
        Totals totals =
                Trace.under("{requests_per_minute: 1, budget_per_month_usd: 1}")
                        .add(call(-Trace.NOON), call(-Trace.NOON))
                        .add(call(TraceLine.LATEST_MILLIS - Trace.NOON).latencyMillis(DAY))
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.requests()).isEqualTo(3);
    }

    @Test
    void tokensAreHeldUntilTheOutcomeThenCountAsUsed() throws Exception {
        Totals totals =
                Trace.under("{tokens_per_minute: 100}")
                        .add(tokens(0, 40, 10).maxTokens(60).latencyMillis(1_000)) // holds 100
                        .add(tokens(999, 1, 0)) // 101 > 100: refused
                        .add(tokens(1_000, 50, 0)) // 50 used + 50: admitted
                        .add(tokens(1_000, 0, 1)) // 101: refused
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.rejected()).isEqualTo(Map.of("tokens-per-minute", 2L));
        assertThat(totals.inputTokens()).isEqualTo(90);
        assertThat(totals.outputTokens()).isEqualTo(10);
    }

    @Test
    void usedOutputIsHeldWhereNoMaximumIsGiven() throws Exception {
        Totals totals =
                Trace.under("{tokens_per_minute: 100}")
                        .add(tokens(0, 40, 60).latencyMillis(1_000)) // holds 100
                        .add(tokens(500, 1, 0)) // refused
                        .totals();
        assertThat(totals.admitted()).isEqualTo(1);
    }

    @Test
    void maxTokensOfZeroHoldNoOutput() throws Exception {
        Totals totals =
                Trace.under("{tokens_per_minute: 100}")
                        .add(tokens(0, 40, 60).maxTokens(0).latencyMillis(1_000)) // holds 40
                        .add(tokens(500, 60, 0)) // 100: admitted
                        .add(
                                tokens(
                                        1_000, 0,
                                        0)) // 160 used, of which 60 are debt; needs 0: refused
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
    }

    @Test
    void maxConcurrentNeverRejects() throws Exception {
        Totals totals =
                Trace.under("{max_concurrent: 1}")
                        .add(call(0).latencyMillis(9), call(0).latencyMillis(9), call(1))
                        .totals();
        assertThat(totals.admitted()).isEqualTo(3);
    }

    @Test
    void modelThatIsNotAllowedIsRefused() throws Exception {
        Totals totals =
                Trace.under("{allowed_models: [test.small]}")
                        .add(call(0), call(0).model(BIG))
                        .totals();
        assertThat(totals.rejected()).isEqualTo(Map.of("model-not-allowed", 1L));
    }

    @Test
    void limitInShadowIsCountedButRefusesNothing() throws Exception {
        Totals totals =
                Trace.under("{requests_per_minute: 1, shadow: true}")
                        .add(call(0), call(1))
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.shadowed()).isEqualTo(Map.of("requests-per-minute", 1L));
    }

    @Test
    void tenantHasItsEntryOrTheDefaultTier() throws Exception {
        SimulationReport report =
                Trace.underPolicy(
                                """
                                tiers:
                                  free: {requests_per_minute: 1}
                                tenants:
                                  acme: {tier: business, requests_per_minute: 2}
                                """)
                        .add(call(0), call(0), call(0))
                        .add(call(0).tenantId("other"), call(0).tenantId("other"))
                        .finish();
        assertThat(report.tenants().get("acme").admitted()).isEqualTo(2);
        assertThat(report.tenants().get("other").admitted()).isEqualTo(1);
        assertThat(report.overall().rejected()).isEqualTo(Map.of("requests-per-minute", 2L));
    }

    @Test
    void aliasStandsForItsModel() throws Exception {
        Totals totals =
                Trace.underPolicy("models:\n  fast: {model: " + SMALL + "}\n")
                        .add(tokens(0, 1, 0).model("fast"))
                        .totals();
        assertThat(totals.costUsd()).isEqualTo("0.000001");
    }

    @Test
    void unknownModelIsABadLineAndChangesNothing() throws Exception {
        Trace trace = Trace.under("{requests_per_minute: 1}");
        assertThatThrownBy(() -> trace.add(call(90_000).model("test.unknown")))
                .isInstanceOf(BadTraceLineException.class)
                .hasMessageContaining("'test.unknown'");
        // Its time does not count either.
        Totals totals = trace.add(call(0), call(60_000)).totals();
        assertThat(totals.requests()).isEqualTo(2);
        assertThat(totals.admitted()).isEqualTo(2);
    }

    private static TraceLine.Builder tokens(long atMillis, long input, long output) {
        return call(atMillis).inputTokens(input).outputTokens(output);
    }
}
