package io.sluice.local.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page starts, as the opaque text callers hand back. */
final class PageToken {

    private static final String PREFIX = "from:";

    private PageToken() {}

    static String write(long offset) {
        return Base64.getUrlEncoder()
                .encodeToString((PREFIX + offset).getBytes(StandardCharsets.UTF_8));
    }

    /** The offset; 0 for an empty token. */
    static long read(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.matches(PREFIX + "[0-9]{1,12}")) {
                return Long.parseLong(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            throw CloudWatchException.invalidToken();
        }
        throw CloudWatchException.invalidToken();
    }
}
