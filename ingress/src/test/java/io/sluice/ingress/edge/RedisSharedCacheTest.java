package io.sluice.ingress.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ingress.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSharedCacheTest {
    @TempDir Path dir;
    private RedisServer redis;
    private RedisSharedCache cache;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start(dir);
        cache = cache(redis.url());
        await().until(() -> putAndGet("warm").isPresent());
    }

    @AfterEach
    void stop() {
        if (cache != null) {
            cache.close();
            redis.close();
        }
    }

    @Test
    void whatOneNodePutsAnotherGetsWithItsAge() {
        cache.put("name", bytes("value"));
        try (RedisSharedCache other = cache(redis.url())) {
            await().until(() -> other.get("name").join().isPresent());
            SharedCache.Held held = other.get("name").join().orElseThrow();
            assertThat(held.value()).isEqualTo(bytes("value"));
            assertThat(held.ageMillis()).isBetween(0L, 30_000L);
            long age = held.ageMillis();
            await().until(() -> other.get("name").join().orElseThrow().ageMillis() > age + 100);
        }
    }

    @Test
    void removedValueIsGoneForTheGetThatFollows() {
        cache.put("name", bytes("value"));
        cache.remove("name");
        assertThat(cache.get("name").join()).isEmpty();
    }

    @Test
    void lostRedisLooksEmptyAndSoonCostsNothingAndComesBack() throws Exception {
        redis.kill();
        await().until(
                        () -> {
                            assertThat(cache.get("warm").join()).isEmpty();
                            return cache.get("warm").isDone(); // the breaker is open
                        });
        redis.restart();
        await().until(() -> putAndGet("again").isPresent());
    }

    @Test
    void frozenRedisIsNotWaitedFor() throws Exception {
        redis.freeze();
        try {
            await().until(
                            () -> {
                                assertThat(cache.get("warm").join()).isEmpty();
                                return cache.get("warm").isDone();
                            });
        } finally {
            redis.thaw();
        }
        await().until(() -> putAndGet("again").isPresent());
    }

    @Test
    void redisThatIsNotThereAtTheStartIsFoundLater() throws Exception {
        redis.kill();
        try (RedisSharedCache early = cache(redis.url())) {
            assertThat(early.get("name").join()).isEmpty();
            redis.restart();
            await().until(
                            () -> {
                                early.put("name", bytes("v"));
                                return early.get("name").join().isPresent();
                            });
        }
    }

    @Test
    void urlThatIsNoneIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new RedisConnection("http://example"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SLUICE_REDIS_URL")
                .hasMessageContaining("redis://host:6379");
    }

    private Optional<SharedCache.Held> putAndGet(String name) {
        cache.put(name, bytes("v"));
        return cache.get(name).join();
    }

    private static RedisSharedCache cache(String url) {
        return new RedisSharedCache(new RedisConnection(url), new SimpleMeterRegistry());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
