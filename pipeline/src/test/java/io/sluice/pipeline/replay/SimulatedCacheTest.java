package io.sluice.pipeline.replay;

import static io.sluice.pipeline.replay.Trace.BIG;
import static io.sluice.pipeline.replay.Trace.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What equal prompts save. One call costs 3 * 10^6 pico-USD. */
class SimulatedCacheTest {
    private static final String TEN_SECONDS = "{cache: {llm_ttl_seconds: 10}}";

    @Test
    void equalPromptWaitsForTheCallThenIsServedUntilTheAnswerIsTooOld() throws Exception {
        Totals totals =
                Trace.under(TEN_SECONDS)
                        .add(prompt(0, "h").latencyMillis(5_000)) // called, ends at 5,000
                        .add(prompt(4_999, "h")) // waits
                        .add(prompt(5_000, "h")) // served: the outcome precedes it
                        .add(prompt(14_999, "h")) // age 9,999 ms: served
                        .add(prompt(15_000, "h")) // age 10,000 ms: called
                        .totals();
        assertThat(totals.admitted()).isEqualTo(5);
        assertThat(totals.coalesced()).isEqualTo(1);
        assertThat(totals.cacheHits()).isEqualTo(2);
        assertThat(totals.inputTokens()).isEqualTo(2);
        assertThat(totals.outputTokens()).isEqualTo(2);
        assertThat(totals.costUsd()).isEqualTo("0.000006");
    }

    @Test
    void shippedTtlIsHalfAnHour() throws Exception {
        Totals totals =
                Trace.under("{}")
                        .add(prompt(0, "h"), prompt(1_799_999, "h"), prompt(1_800_000, "h"))
                        .totals();
        assertThat(totals.cacheHits()).isEqualTo(1);
    }

    @Test
    void coalescedRequestEndsWithItsLeader() throws Exception {
        Totals totals =
                Trace.under("{max_pending: 2}")
                        .add(prompt(0, "h").latencyMillis(100))
                        .add(prompt(1, "h").latencyMillis(9_999)) // waits; both are pending
                        .add(prompt(99, "other")) // refused
                        .add(prompt(100, "other"), prompt(100, "another")) // both admitted
                        .totals();
        assertThat(totals.coalesced()).isEqualTo(1);
        assertThat(totals.admitted()).isEqualTo(4);
        assertThat(totals.rejected()).isEqualTo(Map.of("queue-full", 1L));
    }

    @Test
    void lineWithoutAPromptHashIsNeitherServedNorKept() throws Exception {
        Totals totals = Trace.under("{}").add(line(0), line(0), line(1)).totals();
        assertThat(totals.cacheHits() + totals.coalesced()).isZero();
        assertThat(totals.costUsd()).isEqualTo("0.000009");
    }

    @Test
    void promptIsEqualForTheSameModelAndTenantOnly() throws Exception {
        Totals totals =
                Trace.under("{}")
                        .add(prompt(0, "h"), prompt(0, "h").model(BIG))
                        .add(prompt(0, "h").tenantId("other"))
                        .totals();
        assertThat(totals.cacheHits()).isZero();
    }

    @Test
    void cachedAnswerCountsAgainstRequestsButNeedsNoTokensOrMoney() throws Exception {
        Totals totals =
                Trace.under(
                                "{requests_per_minute: 3, tokens_per_minute: 2,"
                                        + " budget_per_day_usd: {limit: 0.000003, action: block}}")
                        .add(prompt(0, "h")) // 2 tokens, all of the money
                        .add(prompt(1, "h"), prompt(2, "h")) // served
                        .add(prompt(3, "h")) // the fourth request: refused
                        .totals();
        assertThat(totals.cacheHits()).isEqualTo(2);
        assertThat(totals.rejected()).isEqualTo(Map.of("requests-per-minute", 1L));
    }

    @Test
    void promptHashMakesAnAnswerCacheableWhereDrawnOnesAreNotKept() throws Exception {
        Totals totals =
                Trace.under("{cache: {sampled: false}}")
                        .add(prompt(0, "h"), prompt(1, "h"))
                        .totals();
        assertThat(totals.cacheHits()).isEqualTo(1);
    }

    @Test
    void cacheThatIsTurnedOffServesNothing() throws Exception {
        Totals totals =
                Trace.under("{cache: {llm_ttl_seconds: 0}}")
                        .add(prompt(0, "h").latencyMillis(5), prompt(1, "h"), prompt(9, "h"))
                        .totals();
        assertThat(totals.cacheHits() + totals.coalesced()).isZero();
    }

    private static TraceLine.Builder line(long atMillis) {
        return call(atMillis).inputTokens(1).outputTokens(1);
    }

    private static TraceLine.Builder prompt(long atMillis, String hash) {
        return line(atMillis).promptHash(hash);
    }
}
