package io.sluice.ingress.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ingress.canonical.Sha256;
import io.sluice.ingress.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @Test
    void keyIsWhatTheQuotedStringSays() {
        assertThat(IdempotencyKey.parse("  \"a \\\"b\\\\\"  ").hash()).isEqualTo(hash("a \"b\\"));
        assertThat(IdempotencyKey.parse('"' + "x".repeat(255) + '"').hash())
                .isEqualTo(hash("x".repeat(255)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "8e03978e-40d5-43dd-bc93-6894a57f9324",
                "'a'",
                "\"\"",
                "\"a",
                "\"a\"b",
                "\"a\", \"b\"",
                "\"a\";p=1",
                "\"ä\"",
                "\"\\n\"",
                "\"\u0001\"",
                ":YQ==:",
                "12",
                "?1"
            })
    void anythingElseIsRefusedWithTheExpectedForm(String field) {
        assertThatThrownBy(() -> IdempotencyKey.parse(field))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("expected one quoted string of 1 to 255 ASCII characters")
                .hasMessageContaining(": \"");
    }

    @Test
    void longerKeysAreRefused() {
        assertThatThrownBy(() -> IdempotencyKey.parse('"' + "x".repeat(256) + '"'))
                .hasMessageContaining("seen 256 characters");
    }

    private static String hash(String key) {
        return Sha256.hex(key.getBytes(StandardCharsets.US_ASCII));
    }
}
