package io.sluice.local.command.ledger;

import com.github.f4b6a3.ulid.Ulid;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Decision;
import io.sluice.contract.Granularity;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.PriceBookJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tables on the heap, filled with a tenant's requests of some days that agree with each other. */
public final class SyntheticLedger implements LedgerTables {
    /** The tenant. */
    public static final String TENANT = "acme";

    /** Noon of the day on which commands look at it. */
    public static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final List<String> MODELS =
            List.of(
                    "amazon.nova-micro-v1:0",
                    "amazon.nova-lite-v1:0",
                    "anthropic.claude-sonnet-4-6");
    private static final long DAY = 86_400_000;

    public final SortedMap<String, ResultItem> results = new TreeMap<>();
    public final SortedMap<String, AttemptItem> attempts = new TreeMap<>();
    public final SortedMap<String, UsageItem> usage = new TreeMap<>();
    public long erasedBeforeMillis;
    private final PriceBook prices = PriceBookJson.shipped();
    private final Random random;

    /** So many requests, decided over the four days before {@link #NOW}. */
    public SyntheticLedger(long seed, int requests) {
        random = new Random(seed);
        for (int i = 0; i < requests; i++) {
            long decided = NOW.toEpochMilli() - (long) (random.nextDouble() * 4 * DAY);
            // Those of a batch have their ids long before.
            long issued = decided - (random.nextInt(10) == 0 ? random.nextInt((int) DAY) : 0);
            add(id(issued, i), decided, issued);
        }
    }

    /** An id as it is issued at that time. */
    public static String id(long issuedAtMillis, int number) {
        long high = Ulid.min(issuedAtMillis).getMostSignificantBits();
        return "req_" + new Ulid(high, number) + "CHECKCHECK";
    }

    private void add(String id, long decided, long issued) {
        Target target = Target.of(MODELS.get(random.nextInt(3)), "us-east-1", ServiceTier.DEFAULT);
        boolean counted = random.nextInt(10) > 0;
        Usage usage =
                Usage.builder()
                        .inputTokens(random.nextInt(5_000))
                        .outputTokens(random.nextInt(500))
                        .cacheReadTokens(random.nextInt(3) == 0 ? random.nextInt(300_000) : 0)
                        .estimated(!counted)
                        .build();
        int number = 1;
        if (random.nextInt(8) == 0) {
            attempt(id, number++, target, decided, usage.toBuilder().estimated(true), false);
        }
        AttemptItem answered = attempt(id, number, target, decided, usage.toBuilder(), true);
        Figures paid = Figures.NONE;
        for (AttemptItem attempt : attempts.subMap(id, id + '~').values()) {
            paid = paid.plus(Figures.of(List.of(attempt)));
        }
        AttemptEnd end = Objects.requireNonNull(answered.end());
        ResultItem result =
                ResultItem.builder()
                        .tenantId(TENANT)
                        .requestId(id)
                        .status(ResultStatus.SUCCEEDED)
                        .decision(
                                Decision.builder()
                                        .outcome(Verdict.INVOKED)
                                        .retryAfterMillis(-1)
                                        .decidedAtMillis(decided)
                                        .build())
                        .usage(usage)
                        .costPicoUsd(end.costPicoUsd())
                        .providerCostPicoUsd(paid.provider().longValueExact())
                        .estimatedCostPicoUsd(paid.estimated().longValueExact())
                        .priceVersion(prices.version())
                        .model(target.model())
                        .region(target.region())
                        .serviceTier(target.tier())
                        .endpoint("e" + random.nextInt(3))
                        .attempt(number)
                        .receivedAtMillis(issued)
                        .finishedAtMillis(decided + 500)
                        .expiresAtSeconds(decided / 1000 + ResultItem.RETENTION_SECONDS)
                        .build();
        results.put(id, result);
        count(result);
    }

    private AttemptItem attempt(
            String id,
            int number,
            Target target,
            long decided,
            Usage.Builder used,
            boolean answered) {
        Usage usage = used.build();
        AttemptItem attempt =
                AttemptItem.builder()
                        .tenantId(TENANT)
                        .requestId(id)
                        .attempt(number)
                        .runId("run")
                        .target(target.key())
                        .model(target.model())
                        .claimedAtMillis(decided)
                        .endsByMillis(decided + 60_000)
                        .end(
                                AttemptEnd.builder()
                                        .finishedAtMillis(decided + 400)
                                        .finishedBy("run")
                                        .status(
                                                answered
                                                        ? OutcomeStatus.SUCCEEDED
                                                        : OutcomeStatus.FAILED)
                                        .usage(usage)
                                        .costPicoUsd(
                                                prices.at(decided)
                                                        .priceOf(target)
                                                        .orElseThrow()
                                                        .cost(usage))
                                        .priceVersion(prices.version())
                                        .ambiguous(!answered)
                                        .estimated(usage.estimated())
                                        .build())
                        .expiresAtSeconds(decided / 1000 + ResultItem.RETENTION_SECONDS)
                        .build();
        attempts.put(attempt.rangeKey(), attempt);
        return attempt;
    }

    private void count(ResultItem result) {
        String agent = random.nextBoolean() ? "-" : "a1";
        long lateDay =
                random.nextInt(20) == 0
                        ? Granularity.DAY.windowStart(NOW.toEpochMilli())
                        : UsageKey.ON_TIME;
        for (Granularity granularity : Granularity.values()) {
            UsageKey key =
                    UsageKey.builder()
                            .granularity(granularity)
                            .windowStartMillis(
                                    granularity.windowStart(result.decision().decidedAtMillis()))
                            .model(result.model())
                            .endpoint(result.endpoint())
                            .agentId(agent)
                            .costCenter("cc-1")
                            .lateDayMillis(lateDay)
                            .build();
            UsageItem row =
                    UsageItem.builder()
                            .tenantId(TENANT)
                            .key(key)
                            .counts(
                                    UsageCounts.builder()
                                            .requests(1)
                                            .admitted(1)
                                            .inputTokens(result.usage().inputTokens())
                                            .outputTokens(result.usage().outputTokens())
                                            .cacheReadTokens(result.usage().cacheReadTokens())
                                            .costPicoUsd(result.costPicoUsd())
                                            .providerCostPicoUsd(result.providerCostPicoUsd())
                                            .estimatedCostPicoUsd(result.estimatedCostPicoUsd())
                                            .build())
                            .version(1)
                            .build();
            usage.merge(
                    key.rangeKey(),
                    row,
                    (a, b) -> a.toBuilder().counts(a.counts().plus(b.counts())).build());
        }
    }

    @Override
    public List<String> tenants() {
        return List.of(TENANT);
    }

    @Override
    public long erasedBeforeMillis(String tenantId) {
        return erasedBeforeMillis;
    }

    @Override
    public Iterator<UsageItem> usage(
            String tenantId, Granularity granularity, long fromMillis, long toMillis) {
        return new ArrayList<>(
                        usage.subMap(
                                        UsageKey.rangePrefix(granularity, fromMillis),
                                        UsageKey.rangePrefix(granularity, toMillis))
                                .values())
                .iterator();
    }

    @Override
    public Iterator<ResultItem> results(String tenantId, long fromMillis, long toMillis) {
        return new ArrayList<>(results.subMap(id(fromMillis, 0), id(toMillis, 0)).values())
                .iterator();
    }

    @Override
    public Iterator<AttemptItem> attempts(String tenantId, long fromMillis, long toMillis) {
        return new ArrayList<>(attempts.subMap(id(fromMillis, 0), id(toMillis, 0)).values())
                .iterator();
    }
}
