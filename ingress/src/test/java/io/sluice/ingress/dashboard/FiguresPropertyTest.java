package io.sluice.ingress.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Every figure against the same recomputed another way, in decimals. */
class FiguresPropertyTest {
    private static final long FIRST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR = 365L * 86_400_000;

    @Property(tries = 50)
    void everythingShownAddsUpToTheSameTotal(
            @ForAll("rows") List<UsageItem> rows, @ForAll("range") TimeRange range) {
        long now = FIRST + YEAR;
        List<UsageItem> shown = placed(rows, range, now);
        JsonNode totals = Totals.of(shown);
        BigDecimal cost = sum(shown);
        assertThat(new BigDecimal(totals.path("cost_usd").asText())).isEqualByComparingTo(cost);
        assertThat(totals.path("requests").longValue())
                .isEqualTo(shown.stream().mapToLong(r -> r.counts().requests()).sum());
        Breakdown models = new Breakdown(item -> item.key().model()).addAll(shown);
        for (int most : new int[] {1, 3, 20}) {
            assertThat(usd(models.rows(most), "cost_usd")).isEqualByComparingTo(cost);
        }
        JsonNode series =
                new Series(range, now, models.first(2), item -> item.key().model())
                        .addAll(shown)
                        .json();
        assertThat(longs(series.path("rejected")).sum())
                .isEqualTo(shown.stream().mapToLong(r -> r.counts().rejected()).sum());
        assertThat(series.path("starts")).hasSize(range.windows());
        BigDecimal lines = BigDecimal.ZERO;
        for (JsonNode line : series.path("costs")) {
            for (JsonNode value : line.path("cost_usd")) {
                lines = lines.add(new BigDecimal(value.asText()));
            }
        }
        assertThat(lines).isEqualByComparingTo(cost);
    }

    @Property(tries = 50)
    void partsAreOrderedByCost(@ForAll("rows") List<UsageItem> rows) {
        List<Breakdown.Part> parts =
                new Breakdown(item -> item.key().endpoint()).addAll(rows).parts();
        for (int i = 1; i < parts.size(); i++) {
            assertThat(parts.get(i).sum().costPicoUsd())
                    .isLessThanOrEqualTo(parts.get(i - 1).sum().costPicoUsd());
        }
    }

    @Property(tries = 200)
    void projectionIsTheSpendAndItsAverageForTheRestOfTheMonth(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long spent,
            @ForAll @LongRange(min = 0, max = YEAR) long nowOffset,
            @ForAll @LongRange(min = 0, max = YEAR) long sinceOffset) {
        long now = FIRST + nowOffset;
        long since = Math.min(now, FIRST + sinceOffset);
        LocalDateTime at = LocalDateTime.ofEpochSecond(now / 1_000, 0, ZoneOffset.UTC);
        YearMonth month = YearMonth.from(at);
        long start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        long length = month.lengthOfMonth() * 86_400_000L;
        long elapsed = Math.max(3_600_000, now - Math.max(start, since));
        BigDecimal expected =
                BigDecimal.valueOf(spent)
                        .multiply(BigDecimal.valueOf(start + length - now))
                        .divide(BigDecimal.valueOf(elapsed), 0, RoundingMode.DOWN)
                        .add(BigDecimal.valueOf(spent));
        BigInteger projected = Projection.ofMonth(BigInteger.valueOf(spent), since, now);
        assertThat(new BigDecimal(projected)).isEqualByComparingTo(expected);
        assertThat(projected).isGreaterThanOrEqualTo(BigInteger.valueOf(spent));
    }

    @Property(tries = 200)
    void percentileIsTheLeastValueThatSoManyDoNotExceed(
            @ForAll("latencies") List<Long> values, @ForAll("percent") int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        long value = RecentFigures.percentile(sorted, percent);
        long atMost = values.stream().filter(v -> v <= value).count();
        long below = values.stream().filter(v -> v < value).count();
        assertThat(values).contains(value);
        assertThat(atMost * 100).isGreaterThanOrEqualTo((long) values.size() * percent);
        assertThat(below * 100).isLessThan((long) values.size() * percent);
    }

    /** Rows somewhere in the windows of a range. */
    private static List<UsageItem> placed(List<UsageItem> rows, TimeRange range, long now) {
        Granularity granularity = range.granularity();
        List<UsageItem> placed = new ArrayList<>();
        for (UsageItem row : rows) {
            long back = row.version() % range.windows() * granularity.lengthMillis();
            placed.add(
                    UsageTable.row(
                            row.tenantId(),
                            granularity,
                            now - back,
                            row.key().model(),
                            row.key().endpoint(),
                            row.counts(),
                            row.version()));
        }
        return placed;
    }

    private static BigDecimal sum(List<UsageItem> rows) {
        return rows.stream()
                .map(row -> new BigDecimal(row.counts().costPicoUsd()).movePointLeft(12))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal usd(JsonNode rows, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            sum = sum.add(new BigDecimal(row.path(field).asText()));
        }
        return sum;
    }

    private static LongStream longs(JsonNode values) {
        List<Long> longs = new ArrayList<>();
        values.forEach(value -> longs.add(value.longValue()));
        return longs.stream().mapToLong(Long::longValue);
    }

    @Provide
    static Arbitrary<TimeRange> range() {
        return Arbitraries.of(TimeRange.values());
    }

    @Provide
    static Arbitrary<Integer> percent() {
        return Arbitraries.of(50, 95);
    }

    @Provide
    static Arbitrary<List<Long>> latencies() {
        return Arbitraries.longs().between(0, 300).list().ofMinSize(1).ofMaxSize(120);
    }

    @Provide
    static Arbitrary<List<UsageItem>> rows() {
        Arbitrary<UsageCounts> counts =
                Combinators.combine(
                                Arbitraries.longs().between(0, 1_000),
                                Arbitraries.longs().between(0, 1_000),
                                Arbitraries.longs().between(0, Long.MAX_VALUE))
                        .as(
                                (admitted, rejected, cost) ->
                                        UsageCounts.builder()
                                                .requests(admitted + rejected)
                                                .admitted(admitted)
                                                .rejected(rejected)
                                                .costPicoUsd(cost)
                                                .build());
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of("m1", "m2", "m3", "m4", "m5"),
                        Arbitraries.of("chat", "search"),
                        counts,
                        Arbitraries.longs().between(0, 10_000))
                .as(
                        (tenant, model, endpoint, count, version) ->
                                UsageTable.row(
                                        tenant,
                                        Granularity.MINUTE,
                                        FIRST,
                                        model,
                                        endpoint,
                                        count,
                                        version))
                .list()
                .ofMaxSize(60);
    }
}
