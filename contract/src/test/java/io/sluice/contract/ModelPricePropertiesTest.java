package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.contract.json.PriceRowJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Costs against a recomputation by decimals from what the file says, and holds against costs. */
class ModelPricePropertiesTest {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(Long.MAX_VALUE, 12);
    private static final List<String> KINDS =
            List.of("input", "output", "cache_read", "cache_write_5m", "cache_write_1h");

    /** Prices of five kinds, what is left out being -1, in 10^-12 USD a token. */
    @Provide
    Arbitrary<List<Long>> prices() {
        Arbitrary<Long> present =
                Arbitraries.longs()
                        .between(0, TokenPrices.MOST / 4)
                        .map(p -> p * 4) // so that halves and quarters are whole
                        .edgeCases(e -> e.add(0L, 4L, TokenPrices.MOST));
        Arbitrary<Long> absent = present.injectNull(0.3).map(p -> p == null ? -1L : p);
        return Combinators.combine(present, present, absent, absent, absent)
                .as((a, b, c, d, e) -> List.of(a, b, c, d, e));
    }

    @Provide
    Arbitrary<List<Long>> tokens() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 400_000);
        Arbitrary<Long> many = Arbitraries.longs().between(0, Integer.MAX_VALUE);
        return Arbitraries.oneOf(few, few, many).list().ofSize(5);
    }

    private static Usage usage(List<Long> tokens) {
        return Usage.builder()
                .inputTokens(tokens.get(0))
                .outputTokens(tokens.get(1))
                .cacheReadTokens(tokens.get(2))
                .cacheWriteTokens(tokens.get(3) + tokens.get(4))
                .cacheWrite1hTokens(tokens.get(4))
                .build();
    }

    private static ObjectNode row(List<Long> prices) {
        ObjectNode row = Json.object();
        for (int i = 0; i < KINDS.size(); i++) {
            if (prices.get(i) >= 0) {
                row.put(KINDS.get(i), PriceRowJson.perMillion(prices.get(i)));
            }
        }
        return row;
    }

    private static ObjectNode file(List<Long> prices, List<Long> longer, long above) {
        ObjectNode file = Json.object().put("version", "v").put("batch", "0.5");
        file.putObject("service_tiers").put("flex", "0.25").put("reserved", "1");
        ObjectNode row = row(prices).put("model", "m");
        row.putArray("scopes").add("base");
        row.putArray("long_context").add(row(longer).put("above_input_tokens", above));
        file.putArray("prices").add(row);
        return file;
    }

    /** What the file's own words make of the tokens, in USD. */
    private static BigDecimal expected(ObjectNode file, List<Long> tokens, String factor) {
        ObjectNode row = (ObjectNode) file.get("prices").get(0);
        ObjectNode step = (ObjectNode) row.get("long_context").get(0);
        long length = tokens.get(0) + tokens.get(2) + tokens.get(3) + tokens.get(4);
        ObjectNode in = length > step.get("above_input_tokens").longValue() ? step : row;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < KINDS.size(); i++) {
            List<String> names = new ArrayList<>(List.of(KINDS.get(i)));
            if (i == 4) {
                names.add("cache_write_5m");
            }
            if (i >= 2) {
                names.add("input");
            }
            String price = names.stream().filter(in::has).findFirst().orElseThrow();
            sum =
                    sum.add(
                            new BigDecimal(in.get(price).textValue())
                                    .multiply(BigDecimal.valueOf(tokens.get(i))));
        }
        return sum.multiply(new BigDecimal(factor)).divide(MILLION);
    }

    @Property
    void costIsExactToTheLastDigitInEveryTier(
            @ForAll("prices") List<Long> prices,
            @ForAll("prices") List<Long> longer,
            @ForAll("tokens") List<Long> tokens) {
        ObjectNode file = file(prices, longer, 200_000);
        PriceRow row = PriceBookJson.read(file).rows().get(0);
        check(row.standard(), tokens, expected(file, tokens, "1"));
        check(row.priceIn(ServiceTier.FLEX).orElseThrow(), tokens, expected(file, tokens, "0.25"));
        check(row.priceIn(ServiceTier.RESERVED).orElseThrow(), tokens, expected(file, tokens, "1"));
        check(row.batch().orElseThrow(), tokens, expected(file, tokens, "0.5"));
    }

    private static void check(ModelPrice price, List<Long> tokens, BigDecimal usd) {
        if (usd.compareTo(MOST_USD) > 0) {
            assertThatThrownBy(() -> price.cost(usage(tokens)))
                    .isInstanceOf(ArithmeticException.class);
        } else {
            assertThat(BigDecimal.valueOf(price.cost(usage(tokens)), 12)).isEqualByComparingTo(usd);
        }
    }

    /** Whatever kinds the input is of, in whichever tier and through whichever target. */
    @Property
    void holdIsNeverBelowACostWithinItsTokens(
            @ForAll("prices") List<Long> prices,
            @ForAll("prices") List<Long> longer,
            @ForAll("tokens") List<Long> tokens,
            @ForAll("tokens") List<Long> more) {
        PriceBook book = PriceBookJson.read(file(prices, longer, 200_000));
        long input = tokens.get(0) + tokens.get(2) + tokens.get(3) + tokens.get(4);
        long reservedInput = input + more.get(0) % 1_000;
        long reservedOutput = tokens.get(1) + more.get(1) % 1_000;
        Candidate standard = Candidate.of(Target.of("m"));
        for (ServiceTier tier : List.of(ServiceTier.FLEX, ServiceTier.RESERVED)) {
            Target target = Target.of("m", null, tier);
            Route route = new Route(List.of(standard), 0, Candidate.of(target));
            long hold =
                    route.reserve(book.at(0), true)
                            .orElseThrow()
                            .reserve(reservedInput, reservedOutput);
            for (Target answering : List.of(Target.of("m"), target)) {
                ModelPrice price = book.at(0).priceOf(answering).orElseThrow();
                assertThat(BigDecimal.valueOf(hold)).isGreaterThanOrEqualTo(atMost(price, tokens));
            }
        }
    }

    /** The cost, or all that a hold can be where it does not fit. */
    private static BigDecimal atMost(ModelPrice price, List<Long> tokens) {
        try {
            return BigDecimal.valueOf(price.cost(usage(tokens)));
        } catch (ArithmeticException e) {
            return BigDecimal.valueOf(Long.MAX_VALUE);
        }
    }
}
