package io.sluice.sinks.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proofs as files. What was hashed or signed stands there as text, to the byte: {@code
 * {"proof":"record","records":["…"],"index":7,"path":["…"],"digest":"…"}} and {@code
 * {"proof":"growth","earlier":"…","later":"…","path":["…"]}}; hashes are hexadecimal digits.
 */
public final class ProofJson {
    private static final String KIND = "proof";
    private static final String RECORD = "record";
    private static final String GROWTH = "growth";

    private ProofJson() {}

    /** A record's proof. */
    public static ObjectNode write(RecordProof proof) {
        ObjectNode node = Json.object().put(KIND, RECORD);
        ArrayNode records = node.putArray("records");
        proof.bodies().forEach(body -> records.add(new String(body, StandardCharsets.UTF_8)));
        node.put("index", proof.index());
        path(node, proof.path());
        return node.put("digest", proof.digest().text());
    }

    /** A proof that the log only grew. */
    public static ObjectNode write(GrowthProof proof) {
        ObjectNode node =
                Json.object()
                        .put(KIND, GROWTH)
                        .put("earlier", proof.earlier().text())
                        .put("later", proof.later().text());
        path(node, proof.path());
        return node;
    }

    private static void path(ObjectNode node, List<byte[]> path) {
        ArrayNode hashes = node.putArray("path");
        path.forEach(hash -> hashes.add(Hex.of(hash)));
    }

    /**
     * A record's proof; null if the file is of another kind.
     *
     * @throws MalformedJsonException if it is no proof
     */
    public static @Nullable RecordProof record(JsonNode node) {
        if (!kind(node).equals(RECORD)) {
            return null;
        }
        List<byte[]> bodies = new ArrayList<>();
        for (JsonNode record : list(node, "records")) {
            bodies.add(record.asText().getBytes(StandardCharsets.UTF_8));
        }
        return new RecordProof(
                bodies, node.path("index").asLong(-1), path(node), digest(node, "digest"));
    }

    /**
     * A proof that the log only grew; null if the file is of another kind.
     *
     * @throws MalformedJsonException if it is no proof
     */
    public static @Nullable GrowthProof growth(JsonNode node) {
        return kind(node).equals(GROWTH)
                ? new GrowthProof(digest(node, "earlier"), digest(node, "later"), path(node))
                : null;
    }

    private static String kind(JsonNode node) {
        String kind = node.path(KIND).asText();
        if (!kind.equals(RECORD) && !kind.equals(GROWTH)) {
            throw new MalformedJsonException(
                    "proof: seen '" + kind + "', expected '" + RECORD + "' or '" + GROWTH + "'");
        }
        return kind;
    }

    private static SignedDigest digest(JsonNode node, String name) {
        return SignedDigest.of(node.path(name).asText().getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> path(JsonNode node) {
        List<byte[]> path = new ArrayList<>();
        for (JsonNode hash : list(node, "path")) {
            try {
                path.add(Hex.parse(hash.asText()));
            } catch (IllegalArgumentException e) {
                throw new MalformedJsonException("path: " + e.getMessage(), e);
            }
        }
        return path;
    }

    private static JsonNode list(JsonNode node, String name) {
        JsonNode list = node.path(name);
        if (!list.isArray()) {
            throw new MalformedJsonException(name + ": expected a list");
        }
        return list;
    }
}
