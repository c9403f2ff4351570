package io.sluice.pipeline.replay;

import static io.sluice.pipeline.replay.Trace.BIG;
import static io.sluice.pipeline.replay.Trace.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What calls cost and what budgets make of it. Prices of tokens are in {@link Trace}. */
class SimulatedMoneyTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    @Test
    void costIsExact() throws Exception {
        // 3 * 10^6 + 5 * 2 * 10^6 = 13 * 10^6; 7 * 10 * 10^6 + 1 * 20 * 10^6 = 90 * 10^6 pico-USD.
        Totals totals = Trace.under("{}").add(tokens(0, 3, 5), tokens(0, 7, 1).model(BIG)).totals();
        assertThat(totals.costUsd()).isEqualTo("0.000103");
        assertThat(totals.inputTokens()).isEqualTo(10);
        assertThat(totals.outputTokens()).isEqualTo(6);
    }

    @Test
    void eachCallCostsWhatItsModelCostAtItsTime() throws Exception {
        Totals totals =
                Trace.under("{}")
                        .add(
                                tokens(999, 1, 0).model(Trace.DATED).latencyMillis(60_000),
                                tokens(1_000, 1, 0).model(Trace.DATED))
                        .totals();
        assertThat(totals.costUsd()).isEqualTo("0.000004");
    }

    @Test
    void nothingCostsZero() throws Exception {
        assertThat(Trace.under("{}").add(call(0)).totals().costUsd()).isEqualTo("0");
    }

    @Test
    void moneyIsHeldAtTheMostThatTheCallMayUseWithoutCacheWrites() throws Exception {
        Totals totals =
                Trace.under("{budget_per_day_usd: {limit: 0.0001, action: block}}") // 10^8 pico
                        .add(tokens(0, 20, 10).maxTokens(40).latencyMillis(9)) // 2 + 8 * 10^7: fits
                        .add(tokens(8, 1, 0)) // 101 * 10^6: refused
                        .add(tokens(9, 60, 0)) // 40 used + 60: fits
                        .add(tokens(9, 0, 0)) // needs nothing: fits
                        .add(tokens(9, 1, 0)) // refused
                        .totals();
        assertThat(totals.admitted()).isEqualTo(3);
        assertThat(totals.rejected()).isEqualTo(Map.of("budget-per-day", 2L));
        assertThat(totals.costUsd()).isEqualTo("0.0001");
    }

    @Test
    void longInputIsHeldAndBilledAtItsOwnPrice() throws Exception {
        // 101 * 20 + 1 * 40 = 2,060 * 10^6 pico-USD, all tokens at the price of long inputs.
        Trace fits = Trace.under("{budget_per_day_usd: {limit: 0.00206, action: block}}");
        Trace short1 = Trace.under("{budget_per_day_usd: {limit: 0.002059, action: block}}");
        assertThat(fits.add(tokens(0, 101, 1).model(BIG)).totals().costUsd()).isEqualTo("0.00206");
        assertThat(short1.add(tokens(0, 101, 1).model(BIG)).totals().admitted()).isZero();
    }

    @Test
    void aliasIsHeldAtItsDearestTargetAndBilledAtItsFirst() throws Exception {
        // 10 * 10 * 10^6 pico-USD are held, 10 * 10^6 are used.
        Trace fits = Trace.underPolicy(routed("0.0001"));
        Trace short1 = Trace.underPolicy(routed("0.000099"));
        assertThat(fits.add(tokens(0, 10, 0).model("chat")).totals().costUsd())
                .isEqualTo("0.00001");
        assertThat(short1.add(tokens(0, 10, 0).model("chat")).totals().admitted()).isZero();
    }

    private static String routed(String budget) {
        return "default_tier: test\ntiers:\n  test: {budget_per_day_usd: {limit: "
                + budget
                + ", action: block}}\n"
                + "models: {chat: {targets: [{model: test.small}, {model: test.big}]}}\n";
    }

    @Test
    void dayBudgetBeginsAnewAtMidnightAndTheMonthsDoesNot() throws Exception {
        Totals totals =
                Trace.under(
                                "{budget_per_day_usd: {limit: 0.00001, action: block},"
                                        + " budget_per_month_usd: {limit: 0.000015, action: block}}")
                        .add(tokens(0, 10, 0)) // 10 of 10 and of 15 * 10^6
                        .add(tokens(DAY / 2 - 1, 1, 0)) // refused by the day's
                        .add(tokens(DAY / 2, 5, 0)) // 5 of 10, 15 of 15
                        .add(tokens(DAY / 2, 1, 0)) // refused by the month's
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.rejected())
                .isEqualTo(Map.of("budget-per-day", 1L, "budget-per-month", 1L));
    }

    @Test
    void spentBudgetTurnsToTheCheaperModelAtItsPrice() throws Exception {
        Totals totals =
                Trace.under(
                                "{budget_per_day_usd: {limit: 0.0001, action: downgrade,"
                                        + " downgrade_to: test.small}}")
                        .add(tokens(0, 10, 0).model(BIG)) // 10 * 10 * 10^6: all of it
                        .add(tokens(1, 10, 0).model(BIG)) // 10 * 10^6 on the small one
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.downgraded()).isEqualTo(1);
        assertThat(totals.costUsd()).isEqualTo("0.00011");
        assertThat(totals.warned()).isEqualTo(Map.of("budget-per-day", 1L));
    }

    @Test
    void budgetThatWarnsRefusesNothing() throws Exception {
        Totals totals =
                Trace.under("{budget_per_day_usd: {limit: 0.000001, action: warn}}")
                        .add(tokens(0, 1, 0), tokens(1, 1, 0))
                        .totals();
        assertThat(totals.admitted()).isEqualTo(2);
        assertThat(totals.warned()).isEqualTo(Map.of("budget-per-day", 1L));
    }

    @Test
    void modelWithoutAPriceCostsNothingAndIsRefusedUnderABlockingBudget() throws Exception {
        String model = "models:\n  test.free: {family: unknown}\n";
        Totals flagged = Trace.underPolicy(model).add(free(0)).totals();
        assertThat(flagged.admitted()).isEqualTo(1);
        assertThat(flagged.unpriced()).isEqualTo(1);
        assertThat(flagged.costUsd()).isEqualTo("0");
        assertThat(flagged.inputTokens()).isEqualTo(7);
        Totals refused =
                Trace.underPolicy(model + "tiers:\n  free: {budget_per_day_usd: 1}\n")
                        .add(free(0))
                        .totals();
        assertThat(refused.rejected()).isEqualTo(Map.of("unpriced", 1L));
    }

    @Test
    void sumsMayExceedALong() throws Exception {
        // 9 * 10^11 * (10^6 + 2 * 10^6) = 2.7 * 10^18 pico-USD each; a long ends at 9.2 * 10^18.
        long tokens = 900_000_000_000L;
        Trace trace = Trace.under("{}");
        for (int i = 0; i < 5; i++) {
            trace.add(tokens(i, tokens, tokens));
        }
        assertThat(trace.totals().costUsd()).isEqualTo("13500000");
    }

    @Test
    void callWhoseCostExceedsALongIsABadLine() {
        // 10^12 * 20 * 10^6 = 2 * 10^19 pico-USD.
        assertThatThrownBy(
                        () -> Trace.under("{}").add(tokens(0, TraceLine.MOST_TOKENS, 0).model(BIG)))
                .isInstanceOf(BadTraceLineException.class)
                .hasMessageContaining("9,223,372 USD");
    }

    @Test
    void callsThatEndAfterTheLastLineAreBilledToo() throws Exception {
        Totals totals = Trace.under("{}").add(tokens(0, 3, 0).latencyMillis(HOUR)).totals();
        assertThat(totals.costUsd()).isEqualTo("0.000003");
    }

    @Test
    void callThatOverrunsItsHoldIsBilledInFull() throws Exception {
        Totals totals =
                Trace.under("{}")
                        .add(tokens(0, 3, 0).latencyMillis(TraceLine.MOST_LATENCY_MILLIS))
                        .add(tokens(0, 4, 0).latencyMillis(2 * HOUR))
                        .add(tokens(HOUR, 0, 0)) // both holds have expired
                        .add(tokens(29 * DAY, 0, 0))
                        .totals();
        assertThat(totals.costUsd()).isEqualTo("0.000007");
    }

    private static TraceLine.Builder free(long atMillis) {
        return tokens(atMillis, 7, 1).model("test.free");
    }

    private static TraceLine.Builder tokens(long atMillis, long input, long output) {
        return call(atMillis).inputTokens(input).outputTokens(output);
    }
}
