package io.sluice.ingress.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.ApiKeyItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private final KeyMint mint = new KeyMint();

    @Test
    void mintedKeyOpensItsItemAndNoOther() {
        KeyMint.MintedKey one = mint.mint("acme", "l", 1, 0);
        KeyMint.MintedKey other = mint.mint("acme", "l", 1, 0);
        assertThat(KeyHash.matches(one.item(), one.key().secret())).isTrue();
        assertThat(KeyHash.matches(other.item(), one.key().secret())).isFalse();
        assertThat(KeyHash.matches(null, one.key().secret())).isFalse();
        assertThat(KeyHash.matches(null, "unreadable")).isFalse();
    }

    @Test
    void itemHoldsNeitherKeyNorSecret() {
        KeyMint.MintedKey minted = mint.mint("acme", "l", 1, 0);
        ApiKeyItem item = minted.item();
        assertThat(item.hash()).hasSize(64).doesNotContain(minted.key().secret());
        assertThat(item.salt()).hasSize(32);
        assertThat(minted.key().toString()).doesNotContain(minted.key().secret());
    }

    @Test
    void sameSecretUnderAnotherSaltHasAnotherHash() {
        assertThat(KeyHash.of("00", "s")).isNotEqualTo(KeyHash.of("01", "s"));
    }

    @Test
    void keyIsReadBackFromItsText() {
        for (String tenant : new String[] {"a", "acme_9-x", ApiKey.ADMIN}) {
            ApiKey key = mint.mint(tenant, "l", 1, 0).key();
            assertThat(ApiKey.parse(key.text())).contains(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk",
                "sk.acme.abcdefgh",
                "sk.ACME.abcdefgh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sk.acme.abcdefgh1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sk.acme.abcdefgh.short",
                "sk.acme.abcdefgh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
                "sk._admin2.abcdefgh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "pk.acme.abcdefgh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatHasNotTheFormOfAKeyIsNone(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }
}
