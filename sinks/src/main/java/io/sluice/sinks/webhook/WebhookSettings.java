package io.sluice.sinks.webhook;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Where alerts are posted and by what secret they are signed. Immutable; shows no secret. */
public final class WebhookSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SECRET_PREFIX = "whsec_";

    /**
     * Standard Webhooks asks for 24 to 64 bytes
     * (github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read
     * 2026-11-27).
     */
    private static final int LEAST_SECRET_BYTES = 24;

    private static final int MOST_SECRET_BYTES = 64;

    private final URI url;
    private final byte[] secret;

    private WebhookSettings(URI url, byte[] secret) {
        this.url = url;
        this.secret = secret;
    }

    /**
     * Settings of these texts.
     *
     * @param url https, or http to the loopback address
     * @param secret {@code whsec_} and 24 to 64 bytes in Base64, or such bytes as plain text
     * @throws IllegalArgumentException if one is missing or not as expected; names no secret
     */
    public static WebhookSettings of(String url, String secret) {
        return new WebhookSettings(checkedUrl(url), checkedSecret(secret));
    }

    private static URI checkedUrl(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url: seen no URL, expected https://...", e);
        }
        String host = url.getHost();
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        if (host == null || !(https || (http && LOOPBACK.contains(host)))) {
            throw new IllegalArgumentException(
                    "url: seen '"
                            + url.getScheme()
                            + "://"
                            + host
                            + "', expected https, or http to the loopback address");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "url: seen user information, expected none; the signature tells who sends");
        }
        return url;
    }

    @SuppressWarnings("UnusedException") // its message shows a part of the secret
    private static byte[] checkedSecret(String text) {
        byte[] bytes;
        try {
            bytes =
                    text.startsWith(SECRET_PREFIX)
                            ? Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()))
                            : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("secret: what follows whsec_ is not Base64");
        }
        if (bytes.length < LEAST_SECRET_BYTES || bytes.length > MOST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "secret: seen " + bytes.length + " bytes, expected 24 to 64");
        }
        return bytes;
    }

    /** Where alerts are posted. */
    public URI url() {
        return url;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** Without secret, path and query: paths of webhooks often are secrets, too. */
    @Override
    public String toString() {
        return "WebhookSettings{" + url.getScheme() + "://" + url.getAuthority() + "/...}";
    }
}
