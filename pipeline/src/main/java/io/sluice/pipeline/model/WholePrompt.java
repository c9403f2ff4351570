package io.sluice.pipeline.model;

import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.TurnPayload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parts of a call lie elsewhere, and the call with their texts in their places. Pure. */
final class WholePrompt {
    private WholePrompt() {}

    /** The references in a call's prompt and earlier turns; empty if everything is there. */
    static Set<String> references(ModelCall call) {
        Set<String> references = new LinkedHashSet<>();
        add(references, call.payload());
        for (String turn : call.earlierTurns()) {
            if (TurnPayload.isOpaque(turn)) {
                add(references, TurnPayload.promptOf(turn));
                add(references, TurnPayload.answerOf(turn));
            }
        }
        return references;
    }

    /** Whether parts of a call lie elsewhere; never fails, whatever they look like. */
    static boolean isElsewhere(ModelCall call) {
        return PayloadReferenceJson.isReference(call.payload())
                || call.earlierTurns().stream().anyMatch(TurnPayload::isOpaque);
    }

    /** What the references stand for, UTF-8 bytes. */
    static long bytes(Set<String> references) {
        long bytes = 0;
        for (String reference : references) {
            bytes += PayloadReferenceJson.read(reference).bytes();
        }
        return bytes;
    }

    /** The call with the texts that the references stand for. */
    static ModelCall of(ModelCall call, Map<String, String> texts) {
        List<String> turns = new ArrayList<>();
        for (String turn : call.earlierTurns()) {
            if (TurnPayload.isOpaque(turn)) {
                String prompt = TurnPayload.promptOf(turn);
                String answer = TurnPayload.answerOf(turn);
                turns.add(
                        TurnPayload.of(
                                texts.getOrDefault(prompt, prompt),
                                answer == null ? null : texts.getOrDefault(answer, answer)));
            } else {
                turns.add(turn);
            }
        }
        return call.with(turns, texts.getOrDefault(call.payload(), call.payload()));
    }

    private static void add(Set<String> references, @Nullable String payload) {
        if (payload != null && PayloadReferenceJson.isReference(payload)) {
            references.add(payload);
        }
    }
}
