package io.sluice.ingress.idempotency;

import io.micronaut.http.HttpRequest;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.canonical.Sha256;
import io.sluice.ingress.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/**
 * The name that a client gives a call so that its repetitions are recognised
 * (draft-ietf-httpapi-idempotency-key-header-07): a quoted String of RFC 9651, without parameters,
 * of 1 to {@value #MOST_CHARACTERS} characters.
 *
 * @param hash SHA-256 of the String, hex; the key itself is not kept
 */
public record IdempotencyKey(String hash) {
    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    /** Marks an answer that an earlier call was given or would have been given. */
    public static final String REPLAYED = "Idempotency-Replayed";

    static final int MOST_CHARACTERS = 255;

    /**
     * The key of a request, empty if it has none; a problem showing the form if it is malformed.
     */
    public static Optional<IdempotencyKey> of(HttpRequest<?> request) {
        List<String> lines = request.getHeaders().getAll(HEADER);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1) {
            throw malformed("seen " + lines.size() + " of them");
        }
        return Optional.of(parse(lines.get(0)));
    }

    static IdempotencyKey parse(String field) {
        Item<?> item;
        try {
            item = new Parser(field).parseItem();
        } catch (ParseException e) {
            throw malformed("seen something else");
        }
        if (!(item instanceof StringItem string) || !string.getParams().isEmpty()) {
            throw malformed("seen something else");
        }
        int length = string.get().length();
        if (length == 0 || length > MOST_CHARACTERS) {
            throw malformed("seen " + length + " characters");
        }
        return new IdempotencyKey(Sha256.hex(string.get().getBytes(StandardCharsets.US_ASCII)));
    }

    private static ProblemException malformed(String seen) {
        return Body.refused(
                HEADER
                        + ": "
                        + seen
                        + ", expected one quoted string of 1 to "
                        + MOST_CHARACTERS
                        + " ASCII characters, such as "
                        + HEADER
                        + ": \"8e03978e-40d5-43dd-bc93-6894a57f9324\".");
    }
}
