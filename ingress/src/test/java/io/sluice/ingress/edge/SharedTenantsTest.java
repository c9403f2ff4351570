package io.sluice.ingress.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.ApiKeyItem;
import io.sluice.ingress.key.KeyMint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedTenantsTest {
    private final MapSharedCache cache = new MapSharedCache();
    private final TableOfTenants table = new TableOfTenants();
    private long nowMillis = 1_000_000;
    private final SharedTenants tenants =
            new SharedTenants(table, cache, () -> Instant.ofEpochMilli(nowMillis));

    @Test
    void whatWasReadWithinTheBoundIsNotReadAgain() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        assertThat(version()).isEqualTo(1);
        table.tenant = Optional.of(TableOfTenants.tenant(2));
        age(SharedTenants.FRESH_MILLIS);
        assertThat(version()).isEqualTo(1);
        assertThat(table.reads).isEqualTo(1);
    }

    @Test
    void whatIsOlderIsReadAgainAndSharedAnew() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        table.tenant = Optional.of(TableOfTenants.tenant(2));
        age(SharedTenants.FRESH_MILLIS + 1);
        assertThat(version()).isEqualTo(2);
        assertThat(version()).isEqualTo(2);
        assertThat(table.reads).isEqualTo(2);
    }

    @Test
    void aClockThatIsBehindDoesNotMakeAnOldValueFresh() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        table.tenant = Optional.of(TableOfTenants.tenant(2));
        cache.ageMillis += SharedTenants.FRESH_MILLIS + 1;
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void aPutThatWasStuckOnItsWayIsNotFresh() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        table.tenant = Optional.of(TableOfTenants.tenant(2));
        nowMillis += SharedTenants.FRESH_MILLIS + 1; // the cache says that it has just come
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void aValueOfTheFutureIsNotTrusted() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        nowMillis -= SharedTenants.FRESH_MILLIS + 1;
        version();
        assertThat(table.reads).isEqualTo(2);
    }

    @Test
    void forgettingReadsTheTable() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        table.tenant = Optional.of(TableOfTenants.tenant(2));
        tenants.forgetTenant("acme");
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void valuesOfOthersAreReadFromTheTable() {
        table.tenant = Optional.of(TableOfTenants.tenant(1));
        version();
        cache.values.replaceAll((name, value) -> "{\"x\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(version()).isEqualTo(1);
        cache.values.replaceAll((name, value) -> "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void keysAreSharedWithoutTheirSecret() {
        KeyMint.MintedKey minted = new KeyMint().mint("acme", "first", 0, 0);
        table.key = Optional.of(minted.item());
        ApiKeyItem found = tenants.key("acme", minted.key().keyId()).join().orElseThrow();
        assertThat(found).isEqualTo(minted.item());
        assertThat(tenants.key("acme", minted.key().keyId()).join()).contains(found);
        assertThat(table.reads).isEqualTo(1);
        cache.values.forEach(
                (name, value) ->
                        assertThat(name + new String(value, StandardCharsets.UTF_8))
                                .startsWith("sluice:v1:acme:")
                                .doesNotContain(minted.key().secret()));
    }

    private int version() {
        return tenants.tenant("acme").join().orElseThrow().policyVersion();
    }

    private void age(long millis) {
        nowMillis += millis;
        cache.ageMillis += millis;
    }
}
