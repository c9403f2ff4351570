package io.sluice.benchmarks.engine;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.Engine;
import io.sluice.pipeline.enforce.MemoryTenantState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions a second on one thread, on minute and day limits, over many tenants in turn; beside
 * Bucket4j with a bucket of two bandwidths per tenant, which promises less: up to twice the limit
 * in a minute, no duplicates, no reservation, no number in a history.
 *
 * <p>The requests are made before the clock runs. Six requests a minute and tenant; with a limit of
 * 100 all are admitted, with a limit of 1 five in six are refused.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    private static final int BATCH = 20_000;

    /** Tenants in turn. */
    @Param({"1000"})
    public int tenants;

    /** Requests per minute of each tenant. */
    @Param({"100", "1"})
    public long perMinute;

    private final Engine engine = new Engine();
    private final LastDecision effects = new LastDecision();
    private final RequestFacts[] requests = new RequestFacts[BATCH];
    private final OutcomeFacts[] outcomes = new OutcomeFacts[BATCH];
    private MemoryTenantState[] states = {};
    private Bucket[] buckets = {};
    private TenantLimits[] limitsOf = {};
    private EffectivePolicy policy = Requests.policy(1, 1);
    private long nowMillis = Requests.NOON;
    private long number;

    /** New tenants. */
    @Setup(Level.Iteration)
    public void start() {
        policy = Requests.policy(perMinute, 100_000);
        states = new MemoryTenantState[tenants];
        buckets = new Bucket[tenants];
        limitsOf = new TenantLimits[tenants];
        TimeMeter time =
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                };
        for (int i = 0; i < tenants; i++) {
            states[i] = new MemoryTenantState();
            limitsOf[i] = new TenantLimits();
            buckets[i] =
                    Bucket.builder()
                            .withCustomTimePrecision(time)
                            .addLimit(limit(perMinute, Duration.ofMinutes(1)))
                            .addLimit(limit(100_000, Duration.ofDays(1)))
                            .build();
        }
    }

    private static Bandwidth limit(long tokens, Duration period) {
        return Bandwidth.builder().capacity(tokens).refillIntervally(tokens, period).build();
    }

    /** New requests: 10 s of each tenant's time pass over all tenants. */
    @Setup(Level.Invocation)
    public void next() {
        for (int i = 0; i < BATCH; i++) {
            long at = nowMillis + (long) i * 10_000 / tenants;
            String tenantId = "t" + i % tenants;
            String id = Ids.of(at, number++);
            requests[i] = Requests.request(tenantId, id, at, policy, CacheMode.BYPASS, 0);
            outcomes[i] = Requests.outcome(tenantId, id, at);
        }
    }

    /** What was admitted is settled, unmeasured, so that holds do not pile up. */
    @TearDown(Level.Invocation)
    public void settle() {
        for (OutcomeFacts outcome : outcomes) {
            engine.onOutcome(state(outcome.tenantId()), outcome, nowMillis, effects);
        }
    }

    private MemoryTenantState state(String tenantId) {
        return states[Integer.parseInt(tenantId, 1, tenantId.length(), 10)];
    }

    /** The engine: knows duplicates, decides, holds tokens and money, counts usage. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public LastDecision engine() {
        for (int i = 0; i < BATCH; i++) {
            RequestFacts request = requests[i];
            nowMillis = request.receivedAtMillis();
            engine.onRequest(states[i % tenants], request, nowMillis, effects);
        }
        return effects;
    }

    /** The same and the settlement of every hold. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public LastDecision engineWithSettlement() {
        for (int i = 0; i < BATCH; i++) {
            RequestFacts request = requests[i];
            nowMillis = request.receivedAtMillis();
            MemoryTenantState state = states[i % tenants];
            engine.onRequest(state, request, nowMillis, effects);
            engine.onOutcome(state, outcomes[i], nowMillis, effects);
        }
        return effects;
    }

    /** The engine's minute and day limits by themselves: what Bucket4j does. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long limitsAlone() {
        long sum = 0;
        for (int i = 0; i < BATCH; i++) {
            nowMillis = requests[i].receivedAtMillis();
            TenantLimits limits = limitsOf[i % tenants];
            sum += limits.charge(policy, nowMillis);
        }
        return sum;
    }

    /** Bucket4j: a bucket of two bandwidths, asked for what remains and when to come back. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long bucket4j() {
        long remaining = 0;
        for (int i = 0; i < BATCH; i++) {
            nowMillis = requests[i].receivedAtMillis();
            ConsumptionProbe probe = buckets[i % tenants].tryConsumeAndReturnRemaining(1);
            remaining += probe.getRemainingTokens() + probe.getNanosToWaitForRefill();
        }
        return remaining;
    }
}
