package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ContentHash;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON of a price book, see {@code prices.schema.json} beside the shipped {@code prices.json}: a
 * list of rows, each with what a model costs in some scopes from some day on, as decimal strings in
 * USD per million tokens with at most six places (10^-12 USD a token).
 */
public final class PriceBookJson {
    private static final String SHIPPED = "/io/sluice/contract/prices.json";

    /** Digits of the content's hash that a version ends with. */
    private static final int HASH_DIGITS = 12;

    private static final Comparator<PriceRow> ORDER =
            Comparator.comparing(PriceRow::modelId)
                    .thenComparing(row -> String.join(",", row.scopes()))
                    .thenComparing(PriceRow::fromMillis);

    private PriceBookJson() {}

    /** The book that ships with this build. */
    public static PriceBook shipped() {
        try (InputStream in = PriceBookJson.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the build");
            }
            return read(Json.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException(SHIPPED + " cannot be read", e);
        }
    }

    /**
     * The book of a tree. Its version is the file's with a hash of what is in force by it, so that
     * no two contents share one, and notes may change without a new one.
     *
     * @throws MalformedJsonException if it is none, with a line for each row that is wrong, naming
     *     key and value
     */
    public static PriceBook read(JsonNode document) {
        return new PriceFileReader().read(document);
    }

    /** A book as a file that reads as the same one, to its version. */
    public static ObjectNode write(PriceBook book) {
        String version = book.version();
        ObjectNode file =
                Json.object().put("version", version.substring(0, version.lastIndexOf('@')));
        file.setAll(content(book.rows(), book.applicationProfiles()));
        return file;
    }

    static PriceBook book(String name, List<PriceRow> rows, Map<String, String> profiles) {
        String hash = ContentHash.of(Json.text(content(rows, profiles)));
        return new PriceBook(name + '@' + hash.substring(0, HASH_DIGITS), rows, profiles);
    }

    private static ObjectNode content(List<PriceRow> rows, Map<String, String> profiles) {
        ObjectNode content = Json.object();
        ArrayNode list = content.putArray("prices");
        rows.stream().sorted(ORDER).map(PriceRowJson::write).forEach(list::add);
        new TreeMap<>(profiles).forEach(content.putObject("application_profiles")::put);
        return content;
    }
}
