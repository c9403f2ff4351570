package io.sluice.ingress.key;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner holds it: {@code sk.<tenant id>.<key id>.<secret>}. The administrator's
 * keys name {@link #ADMIN} instead of a tenant, which can never be a tenant's id.
 */
public record ApiKey(String tenantId, String keyId, String secret) {
    /** Stands where a tenant's key names the tenant. */
    public static final String ADMIN = "_admin";

    private static final Pattern FORM =
            Pattern.compile(
                    "sk\\.(_admin|[a-z0-9][a-z0-9_-]{0,49})\\.([a-z2-7]{8})\\.([A-Za-z0-9]{32,64})");

    /** The key of this text; empty if it has not the form of one. */
    public static Optional<ApiKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The key as text, to be shown once and never stored. */
    public String text() {
        return "sk." + tenantId + '.' + keyId + '.' + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiKey[" + tenantId + ", " + keyId + "]";
    }
}
