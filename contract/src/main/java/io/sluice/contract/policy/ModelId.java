package io.sluice.contract.policy;

import java.util.regex.Pattern;

/**
 * What stands around a model's own id in requests: an ARN's start, an inference profile's prefix.
 */
public final class ModelId {
    // docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html, 2026-11-23
    private static final Pattern BEFORE_ID =
            Pattern.compile(
                    "(arn:aws[a-z-]{0,12}:bedrock:[a-z0-9-]{0,32}:[0-9]{0,12}:[a-z-]{1,64}/)?"
                            + "((global|us|us-gov|eu|apac|jp|au|ca|sa)\\.)?");

    private ModelId() {}

    /** The id without what may stand before it. */
    public static String bare(String id) {
        java.util.regex.Matcher before = BEFORE_ID.matcher(id);
        return before.lookingAt() ? id.substring(before.end()) : id;
    }

    /** Whether nothing but an ARN's start or a profile's prefix stands before the listed id. */
    static boolean names(String id, String listed) {
        return id.endsWith(listed)
                && BEFORE_ID.matcher(id.substring(0, id.length() - listed.length())).matches();
    }
}
