package io.sluice.contract.json;

import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.audit.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Digest files: {@code {"digest":{…},"signature":"…"}}, where the digest stands to the byte as it
 * was hashed and the signature is written in hexadecimal digits.
 */
public final class SignedDigestJson {
    private static final byte[] BEFORE_DIGEST = "{\"digest\":".getBytes(StandardCharsets.US_ASCII);

    private SignedDigestJson() {}

    /** A digest in its canonical form and the signature over its hash. */
    public static byte[] write(Digest digest, SigningKey key) {
        return joined(digest.bytes(), Hex.of(key.sign(digest.signed())));
    }

    private static byte[] joined(byte[] body, String signature) {
        byte[] tail = (",\"signature\":\"" + signature + "\"}").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes =
                Arrays.copyOf(BEFORE_DIGEST, BEFORE_DIGEST.length + body.length + tail.length);
        System.arraycopy(body, 0, bytes, BEFORE_DIGEST.length, body.length);
        System.arraycopy(tail, 0, bytes, BEFORE_DIGEST.length + body.length, tail.length);
        return bytes;
    }

    /**
     * The digest of a file.
     *
     * @throws MalformedJsonException if it is none, or not written as it was signed
     */
    public static Digest digest(byte[] file) {
        Fields fields = Fields.of("digest file", Json.parse(file));
        Digest digest = read(fields.object("digest"));
        if (!Arrays.equals(joined(digest.bytes(), fields.text("signature")), file)) {
            throw new MalformedJsonException("digest file: not in the form that was signed");
        }
        return digest;
    }

    /**
     * The signature of a file.
     *
     * @throws MalformedJsonException if there is none
     */
    public static byte[] signature(byte[] file) {
        return Fields.of("digest file", Json.parse(file)).word("signature", Hex::parse);
    }

    private static Digest read(Fields fields) {
        if (fields.number("v") != 1) {
            throw new MalformedJsonException(
                    "digest.v: seen " + fields.number("v") + ", expected 1");
        }
        return new Digest(
                fields.number("number"),
                fields.number("from_millis"),
                fields.number("to_millis"),
                fields.optionalText("previous"),
                fields.list(
                        "files",
                        file ->
                                new SealedFile(
                                        file.text("name"),
                                        file.text("sha256"),
                                        file.number("records"))),
                fields.list(
                        "heads",
                        head ->
                                new ChainHead(
                                        head.text("tenant_id"),
                                        head.number("seq"),
                                        head.text("hash"))),
                fields.number("size"),
                fields.text("root"),
                fields.text("key_id"));
    }
}
