package io.sluice.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    private static final String SECRET = "0123456789abcdef01234567";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook",
                "http://127.0.0.1.example.com/",
                "ftp://localhost/",
                "https:///path",
                "example.com",
                "https://user:pass@example.com/",
                "not a url"
            })
    void aUrlThatIsNotSafeIsRefused(String url) {
        assertThatThrownBy(() -> WebhookSettings.of(url, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: seen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/hook", "http://localhost:1/", "http://[::1]/x"})
    void othersAreTaken(String url) {
        assertThat(WebhookSettings.of(url, SECRET).url()).hasToString(url);
    }

    @Test
    void aSecretIsNeverShown() {
        WebhookSettings settings = WebhookSettings.of("https://example.com/token", SECRET);
        assertThat(settings.toString()).doesNotContain(SECRET).doesNotContain("token");
        assertThatThrownBy(() -> WebhookSettings.of("https://example.com/", "short"))
                .hasMessage("secret: seen 5 bytes, expected 24 to 64");
        assertThatThrownBy(() -> WebhookSettings.of("https://example.com/", "whsec_$$$"))
                .hasMessage("secret: what follows whsec_ is not Base64");
    }

    /** The example of the specification's README. */
    @Test
    void signaturesAreThoseOfStandardWebhooks() {
        WebhookSettings settings =
                WebhookSettings.of(
                        "https://example.com/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(
                        WebhookSignature.of(
                                settings.secret(),
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330,
                                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(settings.secret())
                .isEqualTo(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }
}
