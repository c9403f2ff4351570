package io.sluice.local.notebooks;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each query of the notes must come to, from the books of a {@link World}. */
final class Books {
    /** A row of the usage table; a window may have several, which are told apart by their key. */
    record Booked(
            String tenant,
            String rangeKey,
            String granularity,
            long windowStartMillis,
            long cost) {}

    private final World world;
    private final List<Booked> booked;

    Books(World world, List<Booked> booked) {
        this.world = world;
        this.booked = booked;
    }

    /** Rows by note and title. */
    Map<String, List<List<@Nullable Object>>> expected() throws IOException {
        Map<String, List<List<@Nullable Object>>> all = new TreeMap<>();
        all.put("spend: Spend in windows", spendInWindows());
        all.put("spend: Spend of each tenant", spendOfTenants());
        all.put("latency: Latency in windows", latency());
        all.put("rejections: Top rejections of each day", topRejections());
        all.put("rejections: Rejected and decided requests of each tenant", rejectedOfTenants());
        all.put("cache-savings: Savings of each tenant and model", savings());
        all.put("forecast: Forecast of each tenant", forecast());
        all.put("decisions: Decisions by outcome and reason", Decided.byOutcome());
        all.put("decisions: Histories of tenants", Decided.histories());
        return all;
    }

    private List<List<@Nullable Object>> spendInWindows() {
        return rows(
                world.calls,
                c -> List.of(window(c.decidedAtMillis(), 5), c.tenant(), c.model()),
                calls -> List.of((long) calls.size(), usd(cost(calls))));
    }

    private List<List<@Nullable Object>> spendOfTenants() {
        return rows(
                world.calls,
                c -> List.of(c.tenant()),
                calls ->
                        List.of(
                                (long) calls.size(),
                                count(calls, World.Call::unpriced),
                                usd(cost(calls))));
    }

    private List<List<@Nullable Object>> latency() {
        return rows(
                world.calls.stream().filter(World.Call::succeeded).toList(),
                c -> List.of(window(c.decidedAtMillis(), 60), c.model()),
                calls -> {
                    List<Long> sorted =
                            calls.stream().map(World.Call::latencyMillis).sorted().toList();
                    int n = sorted.size();
                    return List.of(
                            (long) n,
                            sorted.get((50 * n + 99) / 100 - 1),
                            sorted.get((95 * n + 99) / 100 - 1),
                            sorted.get((99 * n + 99) / 100 - 1),
                            sorted.get(n - 1));
                });
    }

    private List<List<@Nullable Object>> topRejections() {
        Map<LocalDateTime, List<World.Refused>> days =
                world.refused.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> window(r.decidedAtMillis(), 1_440),
                                        TreeMap::new,
                                        Collectors.toList()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        days.forEach(
                (day, refused) -> {
                    List<List<@Nullable Object>> counted =
                            new ArrayList<>(
                                    rows(
                                            refused,
                                            r -> List.of(r.tenant(), r.reason()),
                                            all -> List.of((long) all.size())));
                    // Sorted by tenant and reason already; the sort is stable.
                    counted.sort(Comparator.comparing(row -> -(Long) row.get(2)));
                    for (int i = 0; i < Math.min(10, counted.size()); i++) {
                        List<@Nullable Object> row = new ArrayList<>(List.of(day, (long) i + 1));
                        row.addAll(counted.get(i));
                        rows.add(row);
                    }
                });
        return rows;
    }

    private List<List<@Nullable Object>> rejectedOfTenants() {
        return rows(
                world.results,
                r -> List.of(r.tenantId()),
                all ->
                        List.of(
                                (long) all.size(),
                                count(all, r -> r.status().wireName().equals("rejected"))));
    }

    private List<List<@Nullable Object>> savings() {
        return rows(
                world.served,
                s -> List.of(s.tenant(), s.model()),
                all ->
                        List.of(
                                count(all, s -> !s.coalesced()),
                                count(all, World.Served::coalesced),
                                count(all, s -> s.cost() == null),
                                usd(
                                        all.stream()
                                                .map(s -> s.cost() == null ? 0L : s.cost())
                                                .map(BigInteger::valueOf)
                                                .reduce(BigInteger.ZERO, BigInteger::add))));
    }

    private List<List<@Nullable Object>> forecast() {
        long first = world.decidedMinutes.stream().min(Long::compare).orElseThrow();
        long last = world.decidedMinutes.stream().max(Long::compare).orElseThrow();
        YearMonth month = YearMonth.from(at(last * 60_000));
        long end = month.plusMonths(1).atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) / 60;
        long left = end - last - 1;
        return rows(
                booked.stream()
                        .filter(b -> b.granularity().equals("day"))
                        .filter(b -> YearMonth.from(at(b.windowStartMillis())).equals(month))
                        .toList(),
                b -> List.of(b.tenant(), month.toString()),
                all -> {
                    BigInteger spent =
                            all.stream()
                                    .map(b -> BigInteger.valueOf(b.cost()))
                                    .reduce(BigInteger.ZERO, BigInteger::add);
                    String tenant = all.get(0).tenant();
                    BigInteger pace =
                            cost(
                                    world.calls.stream()
                                            .filter(c -> c.tenant().equals(tenant))
                                            .toList());
                    BigDecimal more =
                            new BigDecimal(pace.multiply(BigInteger.valueOf(left)))
                                    .divide(
                                            BigDecimal.valueOf(last - first + 1),
                                            0,
                                            RoundingMode.HALF_UP);
                    return List.of(usd(spent), left, usd(spent.add(more.toBigIntegerExact())));
                });
    }

    /** Groups by what comes first in a row, which the rows are sorted by. */
    static <T> List<List<@Nullable Object>> rows(
            List<T> all, Function<T, List<Object>> key, Function<List<T>, List<Object>> rest) {
        Map<String, List<T>> groups =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        t ->
                                                key.apply(t).stream()
                                                        .map(Object::toString)
                                                        .collect(Collectors.joining("\t")),
                                        TreeMap::new,
                                        Collectors.toList()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<T> group : groups.values()) {
            List<@Nullable Object> row = new ArrayList<>(key.apply(group.get(0)));
            row.addAll(rest.apply(group));
            rows.add(row);
        }
        return rows;
    }

    private static BigInteger cost(List<World.Call> calls) {
        return calls.stream()
                .map(c -> BigInteger.valueOf(c.cost()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static <T> long count(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).count();
    }

    private static BigDecimal usd(BigInteger pico) {
        return new BigDecimal(pico, 12);
    }

    private static LocalDateTime window(long millis, int minutes) {
        long start = Math.floorDiv(millis, minutes * 60_000L) * minutes * 60;
        return LocalDateTime.ofEpochSecond(start, 0, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES);
    }

    private static LocalDateTime at(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
