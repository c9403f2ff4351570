package io.sluice.pipeline.model;

import io.sluice.contract.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model answered and consumed. Immutable. */
final class ModelReply {
    private static final Set<String> WHOLE = Set.of("end_turn", "stop_sequence", "tool_use");

    private final String payload;
    private final String stopReason;
    private final @Nullable Usage usage;

    ModelReply(String payload, String stopReason, @Nullable Usage usage) {
        this.payload = payload;
        this.stopReason = stopReason;
        this.usage = usage;
    }

    /**
     * The answer, see {@link io.sluice.contract.json.AnswerPayload}, in full, sealed or by
     * reference.
     */
    String payload() {
        return payload;
    }

    /** Why the model stopped, in the provider's words. */
    String stopReason() {
        return stopReason;
    }

    /** The tokens to pay for, as the provider counted them; null if it did not say. */
    @Nullable Usage usage() {
        return usage;
    }

    /** The same with the sealed text or the reference that stands for the answer. */
    ModelReply by(String text) {
        return new ModelReply(text, stopReason, usage);
    }

    /** Whether an answer that ended so is whole: not cut off, not withheld. */
    static boolean isComplete(String stopReason) {
        return WHOLE.contains(stopReason);
    }
}
