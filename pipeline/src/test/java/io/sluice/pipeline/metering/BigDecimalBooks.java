package io.sluice.pipeline.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What calls cost, kept as an accountant would: decimal prices, the calendar, no code of ours. */
final class BigDecimalBooks {
    /** What is kept apart. */
    enum Level {
        TENANT,
        MODEL,
        ENDPOINT,
        AGENT,
        COST_CENTER;

        String of(String model, String endpoint, String agent, String costCenter) {
            return switch (this) {
                case TENANT -> "";
                case MODEL -> model;
                case ENDPOINT -> endpoint;
                case AGENT -> agent;
                case COST_CENTER -> costCenter;
            };
        }
    }

    /** For how long. */
    enum Window {
        MINUTE,
        HOUR,
        DAY,
        MONTH;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Map<Long, String> names = new ConcurrentHashMap<>();

        /** Its name, looked up in the calendar once. */
        String of(long atMillis) {
            return names.computeIfAbsent(atMillis, this::spell);
        }

        private String spell(long atMillis) {
            OffsetDateTime at = Instant.ofEpochMilli(atMillis).atOffset(ZoneOffset.UTC);
            return switch (this) {
                case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES).toString();
                case HOUR -> at.truncatedTo(ChronoUnit.HOURS).toString();
                case DAY -> at.toLocalDate().toString();
                case MONTH -> at.getYear() + "-" + at.getMonthValue();
            };
        }
    }

    /** The decimal prices of a model, USD per million tokens. */
    record Prices(BigDecimal input, BigDecimal output, BigDecimal read, BigDecimal write) {
        BigDecimal of(long inputs, long outputs, long reads, long writes) {
            return input.multiply(BigDecimal.valueOf(inputs))
                    .add(output.multiply(BigDecimal.valueOf(outputs)))
                    .add(read.multiply(BigDecimal.valueOf(reads)))
                    .add(write.multiply(BigDecimal.valueOf(writes)))
                    .movePointLeft(6);
        }
    }

    private record Place(
            String tenant,
            String model,
            String endpoint,
            String agent,
            String costCenter,
            long minute) {}

    private static final long DAY = 86_400_000;

    private final Map<Place, BigDecimal> costs = new HashMap<>();
    private final Map<String, Set<String>> endpoints = new HashMap<>();

    /** The label that a call's endpoint has: the first hundred of a day keep their own. */
    String admit(String tenant, String endpoint, long atMillis) {
        Set<String> known =
                endpoints.computeIfAbsent(
                        tenant + Math.floorDiv(atMillis, DAY), day -> new LinkedHashSet<>());
        if (known.size() < 100) {
            known.add(endpoint);
        }
        return known.contains(endpoint) ? endpoint : "other";
    }

    /** Books the cost of a call to its minute of admission. */
    void book(
            String tenant,
            String model,
            String endpoint,
            String agent,
            String costCenter,
            long admittedAt,
            long settledAt,
            BigDecimal usd) {
        boolean known = Math.floorDiv(settledAt, DAY) - Math.floorDiv(admittedAt, DAY) <= 1;
        costs.merge(
                new Place(
                        tenant,
                        model,
                        known ? endpoint : "other",
                        known || agent.equals("-") ? agent : "other",
                        known || costCenter.equals("-") ? costCenter : "other",
                        admittedAt - Math.floorMod(admittedAt, 60_000L)),
                usd,
                BigDecimal::add);
    }

    Map<List<String>, BigDecimal> sums(Level level, Window window) {
        Map<List<String>, BigDecimal> sums = new HashMap<>();
        costs.forEach(
                (p, usd) ->
                        add(
                                sums,
                                List.of(
                                        p.tenant,
                                        level.of(p.model, p.endpoint, p.agent, p.costCenter),
                                        window.of(p.minute)),
                                usd));
        return withoutZeros(sums);
    }

    static void add(Map<List<String>, BigDecimal> sums, List<String> key, BigDecimal usd) {
        sums.merge(key, usd, BigDecimal::add);
    }

    /** In one scale, so that equal amounts are equal. */
    static Map<List<String>, BigDecimal> withoutZeros(Map<List<String>, BigDecimal> sums) {
        sums.values().removeIf(usd -> usd.signum() == 0);
        sums.replaceAll((key, usd) -> usd.setScale(12));
        return sums;
    }
}
