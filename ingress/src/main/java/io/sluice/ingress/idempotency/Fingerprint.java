package io.sluice.ingress.idempotency;

import io.sluice.ingress.canonical.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What tells one call's content from another's: SHA-256 over the operation and the bytes of the
 * body as they were sent.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** The fingerprint, hex; {@code operation} is method and path. */
    public static String of(String operation, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(operation.length() + 1 + body.length);
        all.writeBytes(operation.getBytes(StandardCharsets.UTF_8));
        all.write('\n');
        all.writeBytes(body);
        return Sha256.hex(all.toByteArray());
    }
}
