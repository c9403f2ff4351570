package io.sluice.local.bedrock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Signature Version 4 header says about where a call is meant for: {@code
 * Credential=<key>/<date>/<region>/<service>/aws4_request}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html">SigV4
 *     authentication methods</a>
 */
final class CredentialScope {

    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/,\\s]+/\\d{8}/([a-z0-9-]{1,30})/");

    private CredentialScope() {}

    /** The region that a call was signed for; empty when it does not say. */
    static String region(@Nullable String authorization) {
        Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
        return scope.find() ? scope.group(1) : Behavior.EVERYWHERE;
    }
}
