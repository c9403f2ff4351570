package io.sluice.ingress.result;

import static io.sluice.ingress.result.Decisions.DECIDED_AT_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.Names;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.OuterList;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.junit.jupiter.api.Test;

class RateLimitFieldsTest {
    private static final Decision DECISION = Decisions.decision(Decisions.everyLimit());

    @Test
    void everyLimitHasItsQuotaUnitAndWindow() {
        assertThat(at(0).policy())
                .isEqualTo(
                        "\"requests-per-minute\";q=10;w=60,"
                                + " \"requests-per-day\";q=1000;w=86400,"
                                + " \"tokens-per-minute\";q=50000;qu=\"tokens\";w=60,"
                                + " \"max-pending\";q=100;qu=\"concurrent-requests\","
                                + " \"budget-per-day\";q=1500000;qu=\"micro-usd\";w=86400,"
                                + " \"budget-per-month\";q=20000000;qu=\"micro-usd\";w=2419200");
    }

    @Test
    void secondsAreRoundedUpAndMoneyDownAndUnknownTimesLeftOut() {
        assertThat(at(0).state())
                .isEqualTo(
                        "\"requests-per-minute\";r=9;t=60, \"requests-per-day\";r=990;t=43200,"
                                + " \"tokens-per-minute\";r=48000;t=60, \"max-pending\";r=7,"
                                + " \"budget-per-day\";r=1499999;t=43200,"
                                + " \"budget-per-month\";r=0;t=1252800");
    }

    @Test
    void windowsAreToldFromNowOn() {
        assertThat(at(10_999).state()).startsWith("\"requests-per-minute\";r=9;t=50, ");
    }

    @Test
    void whatIsLeftOfAWindowThatIsOverIsNotTold() {
        assertThat(at(60_000).state())
                .startsWith("\"requests-per-day\";r=990;t=43140")
                .contains("max-pending")
                .doesNotContain("per-minute");
        assertThat(at(61_000).state()).doesNotContain("max-pending");
    }

    @Test
    void aClockThatIsBehindTheDecisionChangesNothing() {
        assertThat(at(-4_000).state()).isEqualTo(at(0).state());
    }

    @Property
    void fieldsAreListsOfStringsWithNonNegativeIntegers(
            @ForAll @LongRange(min = 0) long limit,
            @ForAll @LongRange(min = 0) long remaining,
            @ForAll @LongRange(min = -1, max = 3_000_000_000L) long resetMillis,
            @ForAll @LongRange(min = -10_000, max = 3_000_000_000L) long ageMillis) {
        for (String name : List.of(Names.REQUESTS_PER_DAY, Names.BUDGET_PER_MONTH)) {
            RateLimitFields fields =
                    new RateLimitFields(
                            Decisions.decision(
                                    List.of(Decisions.limit(name, limit, remaining, resetMillis))),
                            DECIDED_AT_MILLIS + ageMillis);
            assertItems(fields.policy(), List.of("q"), List.of("q", "qu", "w"));
            assertItems(fields.state(), List.of("r"), List.of("r", "t"));
        }
    }

    @Test
    void everyFieldIsReadByAStrictParser() {
        assertItems(at(0).policy(), List.of("q"), List.of("q", "qu", "w"));
        assertItems(at(0).state(), List.of("r"), List.of("r", "t"));
    }

    private static void assertItems(String field, List<String> required, List<String> known) {
        OuterList list = Parser.parseList(field);
        assertThat(list.get()).allMatch(StringItem.class::isInstance);
        for (var element : list.get()) {
            assertThat(element.getParams().keySet())
                    .containsAll(required)
                    .isSubsetOf(known)
                    .doesNotHaveDuplicates();
            element.getParams()
                    .forEach(
                            (name, value) -> {
                                if (name.equals("qu")) {
                                    assertThat(value).isInstanceOf(StringItem.class);
                                } else {
                                    assertThat(value).isInstanceOf(IntegerItem.class);
                                    assertThat(((IntegerItem) value).getAsLong())
                                            .isGreaterThanOrEqualTo(name.equals("w") ? 1 : 0);
                                }
                            });
        }
    }

    private static RateLimitFields at(long ageMillis) {
        return new RateLimitFields(DECISION, DECIDED_AT_MILLIS + ageMillis);
    }
}
