package io.sluice.local.command.data;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that request ids are checked with; made once per data folder. */
public final class RequestIdSecrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestIdSecrets() {}

    /** The secrets in the form the ingress takes: hex, the current one first. */
    public static String readOrMake(DataFolder folder) throws IOException {
        if (Files.exists(folder.requestIdSecrets())) {
            return Files.readString(folder.requestIdSecrets()).trim();
        }
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        String hex = HexFormat.of().formatHex(secret);
        PrivateFile.write(folder.requestIdSecrets(), hex + "\n");
        return hex;
    }
}
