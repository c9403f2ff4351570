package io.sluice.objects.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.objects.MapObjectStore;
import io.sluice.objects.ObjectStoreException;
import io.sluice.objects.PayloadLostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoredTenantKeysTest {
    private static final Duration ROTATION = Duration.ofDays(30);

    private final MapObjectStore objects = new MapObjectStore();
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

    @Test
    void theFirstUseMakesAKeyThatEveryProcessFinds() {
        DataKey made = keys(1).current("acme", 1).join();
        assertSame(keys(1).current("acme", 1).join(), made);
        assertSame(keys(1).get("acme", made.id()).join(), made);
        assertThat(objects.objects.keySet()).containsExactly("acme/" + made.id());
    }

    @Test
    void tenantsHaveKeysOfTheirOwn() {
        DataKey a = keys(1).current("a", 1).join();
        DataKey ab = keys(1).current("ab", 1).join();
        DataKey hyphen = keys(1).current("a-b", 1).join();
        assertThat(a.id()).isNotEqualTo(ab.id()).isNotEqualTo(hyphen.id());
        assertThat(keys(1).destroy("a").join()).isEqualTo(1);
        assertSame(keys(1).get("ab", ab.id()).join(), ab);
        assertSame(keys(1).get("a-b", hyphen.id()).join(), hyphen);
    }

    @Test
    void aDestroyedKeyIsLostAndTheNextOneIsAnother() {
        DataKey made = keys(1).current("acme", 1).join();
        keys(1).destroy("acme").join();
        assertThat(keys(1).destroy("acme").join()).isZero();
        assertThatThrownBy(() -> keys(1).get("acme", made.id()).join())
                .hasCauseInstanceOf(PayloadLostException.class)
                .hasMessageContaining("was destroyed");
        assertThat(keys(1).current("acme", 2).join().id()).isNotEqualTo(made.id());
    }

    @Test
    void anOldKeyIsKeptForReadingAndReplacedForWriting() {
        DataKey first = keys(1).current("acme", 1).join();
        now.addAndGet(ROTATION.toMillis() - 1);
        assertSame(keys(1).current("acme", 1).join(), first);
        now.addAndGet(1);
        DataKey second = keys(1).current("acme", 1).join();
        assertThat(second.id()).isGreaterThan(first.id());
        assertSame(keys(1).get("acme", first.id()).join(), first);
    }

    @Test
    void aCopiedKeyIsRefusedForAnotherTenantAndForAnotherName() {
        DataKey made = keys(1).current("acme", 1).join();
        byte[] stored = objects.objects.get("acme/" + made.id());
        objects.putIfAbsent("other/" + made.id(), stored).join();
        objects.putIfAbsent("acme/another", stored).join();
        assertUnusable(1, "other", made.id());
        assertUnusable(1, "acme", "another");
    }

    @Test
    void anotherMasterKeyDoesNotOpenItAndIsNamed() {
        DataKey made = keys(1).current("acme", 1).join();
        assertThatThrownBy(() -> keys(2).get("acme", made.id()).join())
                .hasCauseInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("wrapped by local:");
    }

    @Test
    void theStoreHoldsNoKeyInTheClear() {
        DataKey made = keys(1).current("acme", 1).join();
        String stored =
                new String(objects.objects.get("acme/" + made.id()), StandardCharsets.UTF_8);
        byte[] secret = made.secret().getEncoded();
        assertThat(stored).doesNotContain(java.util.Base64.getEncoder().encodeToString(secret));
        assertThat(made.toString()).isEqualTo("data key " + made.id());
    }

    @Test
    void keysAreRememberedForMinutesAndForgottenWhenDestroyedHere() {
        AtomicLong nanos = new AtomicLong();
        CachedTenantKeys cached = new CachedTenantKeys(keys(1), Duration.ofMinutes(5), nanos::get);
        DataKey made = cached.current("acme", 1).join();
        objects.objects.clear();
        assertSame(cached.current("acme", 1).join(), made);
        assertSame(cached.get("acme", made.id()).join(), made);
        // Another generation of the tenant does not get what may have been destroyed.
        assertThat(cached.current("acme", 2).join().id()).isNotEqualTo(made.id());
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThatThrownBy(() -> cached.get("acme", made.id()).join())
                .hasCauseInstanceOf(PayloadLostException.class);
        DataKey third = cached.current("acme", 3).join();
        cached.destroy("acme").join();
        assertThatThrownBy(() -> cached.get("acme", third.id()).join())
                .hasCauseInstanceOf(PayloadLostException.class);
    }

    private StoredTenantKeys keys(int master) {
        byte[] bytes = new byte[DataKey.BYTES];
        bytes[0] = (byte) master;
        return new StoredTenantKeys(objects, new LocalKeyWrap(bytes), ROTATION, now::get);
    }

    private void assertUnusable(int master, String tenantId, String keyId) {
        assertThatThrownBy(() -> keys(master).get(tenantId, keyId).join())
                .hasCauseInstanceOf(ObjectStoreException.class);
    }

    private static void assertSame(DataKey seen, DataKey expected) {
        assertThat(seen.id()).isEqualTo(expected.id());
        assertThat(seen.secret()).isEqualTo(expected.secret());
    }
}
