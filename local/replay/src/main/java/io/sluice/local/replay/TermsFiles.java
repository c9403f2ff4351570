package io.sluice.local.replay;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.pipeline.replay.OtherTerms;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where other terms come from: a policy file, a price file, and the prices that are archived with
 * the records.
 *
 * @param policy null for each request's own
 * @param prices null for each call's own
 */
record TermsFiles(@Nullable String policy, @Nullable String prices, String archive)
        implements Serializable {
    OtherTerms read() throws IOException {
        PriceBook book = prices == null ? null : book(Path.of(prices));
        PriceBook fallback = book == null ? PriceBookJson.shipped() : book;
        Map<String, PriceBook> known = new HashMap<>();
        return new OtherTerms(
                policy == null ? null : document(Path.of(policy), fallback),
                book,
                version -> known.computeIfAbsent(version, this::archived));
    }

    private static PolicyDocument document(Path file, PriceBook book) throws IOException {
        try {
            return PolicyDocument.read(Files.readString(file), book);
        } catch (InvalidPolicyException e) {
            throw new IOException("the policy " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    private static PriceBook book(Path file) throws IOException {
        try {
            return PriceBookJson.read(Json.parse(Files.readAllBytes(file)));
        } catch (MalformedJsonException e) {
            throw new IOException(
                    "the price file " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    /** The shipped book if that of the version is not archived. */
    private PriceBook archived(String version) {
        Path file = Path.of(archive, "prices", version + ".json");
        try {
            return Files.isRegularFile(file) ? book(file) : PriceBookJson.shipped();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
