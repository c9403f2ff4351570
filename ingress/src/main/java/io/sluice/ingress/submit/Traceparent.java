package io.sluice.ingress.submit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C {@code traceparent} header (https://www.w3.org/TR/trace-context/, version 00). */
final class Traceparent {
    private static final Pattern FORM =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The header if it is well-formed; null if not, as the recommendation says. */
    static @Nullable String checked(@Nullable String header) {
        return header != null && FORM.matcher(header).matches() ? header : null;
    }
}
