package io.sluice.contract.json;

import io.sluice.contract.Decision;
import io.sluice.contract.Verdict;
import io.sluice.contract.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Reads what a record says was decided, without the limits. */
public final class AuditDecisionJson {
    private AuditDecisionJson() {}

    /**
     * The decision of a request's record.
     *
     * @throws MalformedJsonException if it is none
     */
    public static Decision read(AuditRecord record) {
        Fields fields = Fields.of("record", Json.parse(record.body())).object("decision");
        return Decision.builder()
                .outcome(fields.word("outcome", Verdict::ofWireName))
                .reason(fields.optionalText("reason"))
                .downgradedTo(fields.optionalText("downgraded_to"))
                .policyVersion(fields.smallNumber("policy_version"))
                .decidedAtMillis(fields.number("decided_at_millis"))
                .seq(record.seq())
                .build();
    }

    /** Requests whose calls a record's transition began in place of failed ones. */
    public static Set<String> promoted(AuditRecord record) {
        Set<String> promoted = new HashSet<>();
        if (new String(record.body(), StandardCharsets.ISO_8859_1).contains("\"promoted\"")) {
            Json.parse(record.body())
                    .path("transitions")
                    .forEach(
                            transition -> {
                                if (transition.path("what").asText().equals("promoted")) {
                                    promoted.add(transition.path("subject").asText());
                                }
                            });
        }
        return promoted;
    }
}
