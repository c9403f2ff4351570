package io.sluice.ingress.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpStatus;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.ingress.payload.PayloadSettings;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import java.math.BigDecimal;

/**
 * The JSON document of a request body. Refused with 400: what is no JSON, duplicate keys, nesting
 * deeper than 100, NUL and unpaired surrogates in any text, numbers beyond 10^±400.
 */
public final class Body {
    /** The largest document, bytes: a prompt of 8 MiB and what is around it. */
    static final int MOST_BYTES = PayloadSettings.LARGEST_BYTES;

    private static final int MAX_EXPONENT = 400;

    private Body() {}

    /** The object in a body. */
    public static BodyFields object(byte[] utf8) {
        if (utf8.length > MOST_BYTES) {
            throw tooLarge();
        }
        JsonNode document;
        try {
            document = Json.parse(utf8);
        } catch (MalformedJsonException e) {
            throw refused("The body is " + e.getMessage() + ".");
        }
        check("", document);
        return BodyFields.of("", document);
    }

    /** A refusal of the body. */
    public static ProblemException refused(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, detail).asException();
    }

    /** A refusal of a body above {@link #MOST_BYTES}. */
    static ProblemException tooLarge() {
        return Problem.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "The body is larger than "
                                + MOST_BYTES
                                + " bytes (8 MiB and 64 KiB); a batch may have 16 MiB.")
                .asException();
    }

    private static void check(String path, JsonNode node) {
        if (node.isTextual()) {
            checkText(path, node.textValue());
        } else if (node.isNumber()) {
            checkNumber(path, node);
        } else if (node.isObject()) {
            node.properties()
                    .forEach(
                            e -> {
                                checkText(path + " (a key)", e.getKey());
                                check(BodyFields.join(path, e.getKey()), e.getValue());
                            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + '[' + i + ']', node.get(i));
            }
        }
    }

    private static void checkNumber(String path, JsonNode node) {
        if (node.isBigDecimal() || node.isDouble()) {
            BigDecimal value = node.decimalValue();
            if (Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT) {
                throw refused(BodyFields.name(path) + ": the number is beyond 10^±400.");
            }
        }
    }

    private static void checkText(String path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw refused(BodyFields.name(path) + ": the text contains a NUL character.");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw refused(
                            BodyFields.name(path) + ": the text contains an unpaired surrogate.");
                }
            }
        }
    }
}
