package io.sluice.pipeline.metering;

import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.PriceList;
import io.sluice.contract.Usage;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.Engine;
import io.sluice.pipeline.enforce.Facts;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.NoEffects;
import io.sluice.pipeline.enforce.RequestIds;
import io.sluice.pipeline.usage.UsageChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Calls of eight tenants, one of them with very many endpoints, in bursts over ten weeks: each is
 * admitted by the engine, priced by the price book and settled, most within seconds, some minutes,
 * hours or days later. Labels are few enough that the rows of ten million calls fit in memory.
 */
final class SyntheticCalls {
    private static final int TENANTS = 8;
    private static final int BURSTS = 100;
    private static final long BURST_MILLIS = 120_000;
    private static final long BETWEEN_MILLIS = 60_000_000;

    /** So that bursts lie across midnight, too. */
    private static final long FIRST_MILLIS = Facts.NOON - 60_000;

    /** The last is so dear that a few calls exceed what a long of 10^-12 USD holds. */
    private static final List<String> INPUTS = List.of("0.035", "0.8", "3", "15", "100000");

    private record Pending(
            String tenant,
            Labels labels,
            String model,
            String endpoint,
            long at,
            String id,
            long due) {}

    private final Random random;
    private final int count;
    private final BigDecimalBooks books;
    private final NoEffects effects;
    private final Engine engine = new Engine();
    private final List<MemoryTenantState> states = new ArrayList<>();
    private final Map<String, BigDecimalBooks.Prices> decimals = new TreeMap<>();
    private final List<String> models = new ArrayList<>();
    private final PriceList prices;
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparingLong(Pending::due).thenComparing(Pending::id));
    private int settled;

    SyntheticCalls(long seed, int count, BigDecimalBooks books, Consumer<UsageChange> usage) {
        this.random = new Random(seed);
        this.count = count;
        this.books = books;
        this.effects =
                new NoEffects() {
                    @Override
                    public void usage(UsageChange change) {
                        usage.accept(change);
                    }
                };
        for (int i = 0; i < TENANTS; i++) {
            states.add(new MemoryTenantState());
        }
        this.prices = prices();
    }

    void run() {
        int perBurst = count / BURSTS;
        for (int i = 0; i < count; i++) {
            long burst = FIRST_MILLIS + i / perBurst * BETWEEN_MILLIS;
            long now = burst + (long) (i % perBurst) * BURST_MILLIS / perBurst;
            settleUntil(now);
            admit(i, now);
        }
        settleUntil(Long.MAX_VALUE);
    }

    int settled() {
        return settled;
    }

    private void admit(int number, long now) {
        int tenant = random.nextInt(TENANTS);
        boolean many = tenant == 0;
        String endpoint = "e" + random.nextInt(many ? 130 : 3);
        Labels labels =
                Labels.builder()
                        .endpoint(endpoint)
                        .agentId(many || random.nextInt(3) == 0 ? null : "a" + random.nextInt(2))
                        .metadata(Map.of("cost_center", "c" + random.nextInt(many ? 1 : 2)))
                        .build();
        String model = models.get(random.nextInt(models.size()));
        String id = RequestIds.of(now, number);
        engine.onRequest(
                states.get(tenant),
                Facts.request(id, now).tenantId("t" + tenant).model(model).labels(labels).build(),
                now,
                effects);
        pending.add(
                new Pending(
                        "t" + tenant,
                        labels,
                        model,
                        books.admit("t" + tenant, endpoint, now),
                        now,
                        id,
                        now + 1 + delay()));
    }

    private int delay() {
        int kind = random.nextInt(1_000);
        int most =
                kind < 985
                        ? 3_000
                        : kind < 994 ? 2_400_000 : kind < 999 ? 108_000_000 : 345_600_000;
        return random.nextInt(most);
    }

    private void settleUntil(long now) {
        for (Pending next = pending.peek();
                next != null && next.due() <= now;
                next = pending.peek()) {
            settle(pending.remove());
        }
    }

    private void settle(Pending call) {
        boolean failed = random.nextInt(20) == 0;
        String model =
                random.nextInt(30) == 0 ? models.get(random.nextInt(models.size())) : call.model();
        Usage usage =
                Usage.builder()
                        .inputTokens(random.nextInt(4_000))
                        .outputTokens(random.nextInt(2_000))
                        .cacheReadTokens(random.nextInt(4) == 0 ? random.nextInt(30_000) : 0)
                        .cacheWriteTokens(random.nextInt(4) == 0 ? random.nextInt(30_000) : 0)
                        .build();
        OutcomeFacts.Builder outcome =
                failed
                        ? Facts.failed(call.id())
                        : Facts.succeeded(call.id())
                                .model(model)
                                .usage(usage)
                                .costPicoUsd(prices.priceOf(model).orElseThrow().cost(usage));
        int tenant = call.tenant().charAt(1) - '0';
        if (engine.onOutcome(
                states.get(tenant), outcome.tenantId(call.tenant()).build(), call.due(), effects)) {
            settled++;
        }
        if (!failed) {
            book(call, model, usage);
        }
    }

    private void book(Pending call, String model, Usage usage) {
        String agent = call.labels().agentId();
        books.book(
                call.tenant(),
                model,
                call.endpoint(),
                agent == null ? "-" : agent,
                call.labels().metadata().get("cost_center"),
                call.at(),
                call.due(),
                decimals.get(model)
                        .of(
                                usage.inputTokens(),
                                usage.outputTokens(),
                                usage.cacheReadTokens(),
                                usage.cacheWriteTokens()));
    }

    private PriceList prices() {
        StringBuilder rows = new StringBuilder();
        for (String input : INPUTS) {
            String model = "vendor.m" + models.size() + "-v1:0";
            BigDecimal price = new BigDecimal(input);
            BigDecimalBooks.Prices all =
                    new BigDecimalBooks.Prices(
                            price,
                            price.multiply(new BigDecimal("0.75")),
                            price.multiply(new BigDecimal("0.1")),
                            price.multiply(new BigDecimal("0.25")));
            models.add(model);
            decimals.put(model, all);
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"model\":\"" + model + "\",\"scopes\":[\"base\"],")
                    .append("\"input\":\"" + all.input().toPlainString() + "\",")
                    .append("\"output\":\"" + all.output().toPlainString() + "\",")
                    .append("\"cache_read\":\"" + all.read().toPlainString() + "\",")
                    .append("\"cache_write_5m\":\"" + all.write().toPlainString() + "\"}");
        }
        String book = "{\"version\":\"synthetic\",\"prices\":[" + rows + "]}";
        return PriceBookJson.read(Json.parse(book)).at(Facts.NOON);
    }
}
