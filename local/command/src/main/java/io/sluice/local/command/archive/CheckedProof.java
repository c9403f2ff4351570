package io.sluice.local.command.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.AuditHead;
import io.sluice.contract.json.Json;
import io.sluice.sinks.verify.GrowthProof;
import io.sluice.sinks.verify.ProofJson;
import io.sluice.sinks.verify.RecordProof;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A proof after it was checked by public keys alone.
 *
 * @param holds whether it proves what it says
 * @param message what that is, or why it does not
 */
public record CheckedProof(boolean holds, String message) {
    /**
     * Checks a proof of either kind.
     *
     * @throws io.sluice.contract.json.MalformedJsonException if it is none
     */
    public static CheckedProof of(JsonNode node, List<PublicKey> keys) {
        RecordProof record = ProofJson.record(node);
        if (record != null) {
            String refuted = first(record.digest().refuted(keys), record.refuted());
            return refuted == null
                    ? new CheckedProof(true, shown(record))
                    : new CheckedProof(false, refuted);
        }
        GrowthProof growth = Objects.requireNonNull(ProofJson.growth(node));
        String refuted =
                first(
                        growth.earlier().refuted(keys),
                        growth.later().refuted(keys),
                        growth.refuted());
        return refuted == null
                ? new CheckedProof(true, shown(growth))
                : new CheckedProof(false, refuted);
    }

    private static @Nullable String first(@Nullable String... reasons) {
        return Stream.of(reasons).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String shown(RecordProof proof) {
        AuditHead record = proof.record();
        return "record "
                + record.seq()
                + " of "
                + record.tenantId()
                + " is in the history that was sealed by digest "
                + proof.digest().digest().number()
                + " at "
                + Instant.ofEpochMilli(proof.digest().digest().toMillis());
    }

    private static String shown(GrowthProof proof) {
        return "what digest "
                + proof.earlier().digest().number()
                + " sealed is all in what digest "
                + proof.later().digest().number()
                + " sealed";
    }

    /** For a person. */
    public String text() {
        return holds ? "Proved: " + message : "!! It proves nothing: " + message;
    }

    /** Under fixed names. */
    public ObjectNode json() {
        return Json.object().put("fine", holds).put("message", message);
    }
}
