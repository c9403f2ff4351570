package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.LimitReview;
import io.sluice.pipeline.limit.SlidingLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationTest {
    private static final long MOST = 1_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "10, 20, 0, 30, 30",
        "10, 20, 5, 35, 35",
        "0, 0, 0, 0, 0",
        "-1, -5, 0, 0, 0",
        "1000000000000, 1, 0, 1000000000000, 1000000000001",
        "1, 9223372036854775807, 0, 1000000000000, 1000000000001",
        "9223372036854775807, 9223372036854775807, 9, 1000000000000, 2000000000000"
    })
    void aCallReservesItsInputItsTurnsAndItsOutput(
            long input, long output, long earlier, long tokens, long picoUsd) {
        Reservation reservation = Reservation.of(facts(input, output), Models.UNIT, earlier);
        assertThat(reservation.tokens()).isEqualTo(tokens);
        assertThat(reservation.picoUsd()).isEqualTo(picoUsd);
        assertThat(reservation.unpriced()).isFalse();
        assertThat(reservation.model()).isEqualTo(Models.UNIT);
    }

    @Test
    void aModelWithoutAPriceReservesTokensAndNoMoney() {
        Reservation reservation = Reservation.of(facts(10, 20), Models.UNPRICED, 0);
        assertThat(reservation.tokens()).isEqualTo(30);
        assertThat(reservation.picoUsd()).isZero();
        assertThat(reservation.unpriced()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"99, 4470", "100, 4500", "101, 10560", "1000, 64500", "1001, 94090"})
    void aLongContextIsReservedAtTheDearestPriceItMayCost(long input, long picoUsd) {
        assertThat(Reservation.of(facts(input, 20), Models.LONG, 0).picoUsd())
                .isEqualTo(Math.max(picoUsd, steps(input)));
    }

    private static long steps(long input) {
        long most = input * 30 + 20 * 150;
        most = input > 100 ? Math.max(most, input * 60 + 20 * 225) : most;
        return input > 1_000 ? Math.max(most, input * 90 + 20 * 200) : most;
    }

    @Test
    void aPriceThatDoesNotFitIsTheMostThereIs() {
        RequestFacts facts =
                facts(MOST, MOST).toBuilder()
                        .prices(Map.of("dear", ReservePrice.flat(Long.MAX_VALUE, 1)))
                        .build();
        assertThat(Reservation.of(facts, "dear", 0).picoUsd()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theDaysBudgetNamesTheCheaperModelBeforeTheMonths() {
        Budget day = Budget.of(10, BudgetAction.DOWNGRADE, "day");
        Budget month = Budget.of(10, BudgetAction.DOWNGRADE, "month");
        Budget wide = Budget.of(30, BudgetAction.DOWNGRADE, "wide");
        assertThat(downgrade(day, month)).isEqualTo("day");
        assertThat(downgrade(null, month)).isEqualTo("month");
        assertThat(downgrade(wide, month)).isEqualTo("month");
        assertThat(downgrade(day, wide)).isEqualTo("day");
        assertThat(downgrade(wide, wide)).isNull();
        assertThat(downgrade(Models.block(10), null)).isNull();
        assertThat(downgrade(day, month, Names.BUDGET_PER_DAY)).isEqualTo("month");
    }

    private static @Nullable String downgrade(
            @Nullable Budget day, @Nullable Budget month, String... shadow) {
        EffectivePolicy policy =
                Facts.policy().dayBudget(day).monthBudget(month).shadow(List.of(shadow)).build();
        LimitReview review =
                new LimitReview(
                        policy, new SlidingLog(), new DayCount(0, 0), 0, new MemoryTenantState());
        return Reservation.of(facts(10, 20), Models.UNIT, 0)
                .downgrade(
                        policy,
                        new Spending(Spending.Period.DAY, 0, 0),
                        new Spending(Spending.Period.MONTH, 0, 0),
                        0,
                        review);
    }

    private static RequestFacts facts(long input, long output) {
        return Facts.request("r", 0)
                .prices(Models.PRICES)
                .estimatedInputTokens(input)
                .maxTokens(output)
                .build();
    }
}
