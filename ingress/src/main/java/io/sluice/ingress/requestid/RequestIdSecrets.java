package io.sluice.ingress.requestid;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads {@code SLUICE_REQUEST_ID_SECRETS}: one or two secrets in hex, the current one first, parted
 * by a comma. All nodes need the same.
 */
@Factory
final class RequestIdSecrets {
    private static final int LEAST_BYTES = 16;

    @Singleton
    RequestIds requestIds(
            @Property(name = "sluice.request-id-secrets", defaultValue = "") String secrets) {
        if (secrets.isBlank()) {
            throw new IllegalStateException(
                    "SLUICE_REQUEST_ID_SECRETS is not set: expected one or two secrets in hex, at"
                            + " least 16 bytes each, the current one first, such as the output of"
                            + " 'openssl rand -hex 32'");
        }
        List<byte[]> parsed = Arrays.stream(secrets.split(",")).map(s -> parse(s.trim())).toList();
        return new RequestIds(parsed);
    }

    private static byte[] parse(String hex) {
        try {
            byte[] secret = HexFormat.of().parseHex(hex);
            if (secret.length >= LEAST_BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the secret.
        }
        throw new IllegalStateException(
                "SLUICE_REQUEST_ID_SECRETS: a secret of "
                        + hex.length()
                        + " characters is not hex of at least 16 bytes");
    }
}
