package io.sluice.ingress.requestid;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues request ids and recognises them: {@code req_}, a ULID, and ten base-32 digits (50 bits) of
 * an HMAC-SHA256 over tenant and ULID. An id is valid for its tenant alone. Ids of one node sort by
 * the time of their issue. Thread-safe.
 */
public final class RequestIds {
    private static final String PREFIX = "req_";
    private static final int ULID_LENGTH = 26;
    private static final int CHECK_LENGTH = 10;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM =
            Pattern.compile(
                    "req_[0-7][0-9A-HJKMNP-TV-Z]{" + (ULID_LENGTH - 1 + CHECK_LENGTH) + "}");

    private final List<SecretKeySpec> secrets;
    private final UlidFactory ulids = UlidFactory.newMonotonicInstance();

    /** With the secrets of the current and the earlier generations, the current one first. */
    public RequestIds(List<byte[]> secrets) {
        this.secrets = secrets.stream().map(s -> new SecretKeySpec(s, "HmacSHA256")).toList();
    }

    /** A new id; {@code atMillis} is the time of its issue. */
    public String issue(String tenantId, long atMillis) {
        String ulid = ulids.create(atMillis).toString();
        return PREFIX + ulid + check(secrets.get(0), tenantId, ulid);
    }

    /** When an id was issued to this tenant, epoch milliseconds; empty if it never was. */
    public OptionalLong issuedAtMillis(String tenantId, String requestId) {
        if (!FORM.matcher(requestId).matches()) {
            return OptionalLong.empty();
        }
        String ulid = requestId.substring(PREFIX.length(), PREFIX.length() + ULID_LENGTH);
        byte[] seen = bytes(requestId.substring(PREFIX.length() + ULID_LENGTH));
        boolean known = false;
        for (SecretKeySpec secret : secrets) {
            known |= MessageDigest.isEqual(seen, bytes(check(secret, tenantId, ulid)));
        }
        return known ? OptionalLong.of(Ulid.from(ulid).getTime()) : OptionalLong.empty();
    }

    /**
     * When an id of that form was made, epoch milliseconds; empty if ids do not look so. Says
     * nothing about whether it was issued at all.
     */
    public static OptionalLong madeAtMillis(String requestId) {
        return FORM.matcher(requestId).matches()
                ? OptionalLong.of(
                        Ulid.from(
                                        requestId.substring(
                                                PREFIX.length(), PREFIX.length() + ULID_LENGTH))
                                .getTime())
                : OptionalLong.empty();
    }

    /** The least string that ids issued at or after a time can have. */
    public static String lowerBound(long atMillis) {
        return PREFIX + Ulid.min(atMillis);
    }

    private static String check(SecretKeySpec secret, String tenantId, String ulid) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] digest = mac.doFinal(bytes(tenantId + ulid));
            long bits = 0;
            for (int i = 0; i < 7; i++) {
                bits = bits << 8 | (digest[i] & 0xff);
            }
            StringBuilder text = new StringBuilder(CHECK_LENGTH);
            for (int i = 0; i < CHECK_LENGTH; i++) {
                text.append(DIGITS.charAt((int) (bits >>> (51 - 5 * i)) & 31));
            }
            return text.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
