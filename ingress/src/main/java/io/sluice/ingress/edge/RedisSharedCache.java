package io.sluice.ingress.edge;

import dev.failsafe.CircuitBreaker;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared cache in Redis. A command is waited for {@value #TIMEOUT_MILLIS} ms; after some
 * failures a breaker opens and Redis is not asked at all, but for one command every two seconds, so
 * that one that is gone costs nothing.
 */
final class RedisSharedCache implements SharedCache, AutoCloseable {
    static final long TIMEOUT_MILLIS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(RedisSharedCache.class);

    private final RedisConnection redis;
    private final Counter hits;
    private final Counter misses;
    private final Counter failures;
    private final CircuitBreaker<Object> breaker =
            CircuitBreaker.builder()
                    .withFailureThreshold(3, 10)
                    .withSuccessThreshold(1)
                    .withDelay(Duration.ofSeconds(2))
                    .onOpen(e -> LOG.warn("Redis does not answer; going on without it"))
                    .onClose(e -> LOG.info("Redis answers again"))
                    .build();

    RedisSharedCache(RedisConnection redis, MeterRegistry meters) {
        this.redis = redis;
        this.hits = meters.counter("sluice.edge.redis.hits");
        this.misses = meters.counter("sluice.edge.redis.misses");
        this.failures = meters.counter("sluice.edge.redis.failures");
    }

    @Override
    public CompletableFuture<Optional<Held>> get(String name) {
        return run(
                commands ->
                        commands.get(name)
                                .thenCombine(commands.pttl(name), RedisSharedCache::held)
                                .thenApply(this::counted),
                Optional.empty());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // never fails, and nobody waits
    public void put(String name, byte[] value) {
        run(commands -> commands.set(name, value, SetArgs.Builder.px(LIFE)), "");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // never fails, and nobody waits
    public void remove(String name) {
        run(commands -> commands.del(name), 0L);
    }

    @Override
    public void close() {
        redis.close();
    }

    /** By the time that Redis has left for it, so that no two clocks are compared. */
    private static Optional<Held> held(byte[] value, Long leftMillis) {
        return value == null || leftMillis < 0
                ? Optional.empty()
                : Optional.of(new Held(value, LIFE.toMillis() - leftMillis));
    }

    private Optional<Held> counted(Optional<Held> held) {
        (held.isPresent() ? hits : misses).increment();
        return held;
    }

    private <T> CompletableFuture<T> run(
            Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command, T otherwise) {
        if (!breaker.tryAcquirePermit()) {
            return CompletableFuture.completedFuture(otherwise);
        }
        return redis.commands()
                .thenCompose(command)
                .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> record(failure == null))
                .exceptionally(failure -> otherwise);
    }

    private void record(boolean success) {
        if (success) {
            breaker.recordSuccess();
        } else {
            failures.increment();
            breaker.recordFailure();
        }
    }
}
