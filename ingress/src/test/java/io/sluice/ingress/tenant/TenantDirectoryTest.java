package io.sluice.ingress.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.ingress.key.KeyMint;
import io.sluice.ingress.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ages by a clock that stands still unless the test moves it. */
class TenantDirectoryTest {
    @TempDir Path dir;

    private final ApiKeyItem key = new KeyMint().mint("acme", "first", 0, 0).item();
    private final Deque<CompletableFuture<Optional<ApiKeyItem>>> reads = new ArrayDeque<>();
    private long nowNanos;
    private TenantDirectory directory;

    @BeforeEach
    void start() throws Exception {
        Path policy = Files.writeString(dir.resolve("policy"), "tiers: {free: {weight: 1}}");
        TableOfTenants table = new TableOfTenants();
        Policies policies =
                new Policies(
                        new PolicyFile(policy, PriceBookJson.shipped()), PriceBookJson.shipped());
        directory =
                new TenantDirectory(
                        new SlowKeys(),
                        new PolicyVersions(table, table.lookups(), policies),
                        () -> nowNanos);
    }

    @Test
    void ageCountsFromWhenTheReadBegan() {
        CompletableFuture<Optional<ApiKeyItem>> answer = directory.key("acme", "k");
        pass(Duration.ofSeconds(3));
        reads.getLast().complete(Optional.of(key));
        assertThat(answer.join()).contains(key);
        pass(Duration.ofMillis(999));
        assertThat(directory.key("acme", "k").join()).contains(key);
        assertThat(reads).hasSize(1);

        pass(Duration.ofMillis(1));
        CompletableFuture<Optional<ApiKeyItem>> again = directory.key("acme", "k");
        assertThat(again).isNotDone();
        reads.getLast().complete(Optional.empty()); // revoked since
        assertThat(again.join()).isEmpty();
    }

    @Test
    void readThatTookTooLongIsNoAnswer() {
        CompletableFuture<Optional<ApiKeyItem>> answer = directory.key("acme", "k");
        pass(Duration.ofMillis(4_001));
        reads.getLast().complete(Optional.of(key));
        assertThatThrownBy(answer::join).hasCauseInstanceOf(ProblemException.class);
        assertThat(directory.key("acme", "k")).isNotDone();
        assertThat(reads).hasSize(2);
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private final class SlowKeys implements TenantLookups {
        @Override
        public CompletableFuture<Optional<ApiKeyItem>> key(String tenantId, String keyId) {
            reads.add(new CompletableFuture<>());
            return reads.getLast();
        }

        @Override
        public CompletableFuture<Optional<TenantItem>> tenant(String tenantId) {
            throw new UnsupportedOperationException("not part of this test");
        }

        @Override
        public void forgetTenant(String tenantId) {}

        @Override
        public void forgetKey(String tenantId, String keyId) {}
    }
}
