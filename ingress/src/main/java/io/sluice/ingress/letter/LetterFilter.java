package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; null where it does not matter.
 *
 * @param open whether nothing that it was redriven as is known to be stored
 */
record LetterFilter(
        @Nullable String tenantId, @Nullable DeadLetterReason reason, @Nullable Boolean open) {
    static final LetterFilter ALL = new LetterFilter(null, null, null);

    boolean isAll() {
        return tenantId == null && reason == null && open == null;
    }
}
