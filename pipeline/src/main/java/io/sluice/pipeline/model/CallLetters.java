package io.sluice.pipeline.model;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.EventJson;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which ended requests a person should look at. Judged by the result that stands, so a restored job
 * that adopts a result writes the same letter under the same name.
 */
final class CallLetters {
    private CallLetters() {}

    /** The letter of a request with that result; null if it needs none. */
    static @Nullable DeadLetter of(Invocation invocation, ResultItem standing) {
        DeadLetterReason reason = reasonOf(standing);
        if (reason == null) {
            return null;
        }
        RequestFacts facts = invocation.facts();
        byte[] record = EventJson.write(invocation.admitted().request());
        return DeadLetter.builder()
                .reason(reason.wireName())
                .detail(
                        standing.decision().reason()
                                + " of "
                                + standing.model()
                                + ", attempts: "
                                + standing.attempt())
                .partitionKey(facts.tenantId())
                .requestId(facts.requestId())
                .attempts(standing.attempt())
                .lastError(invocation.lastError())
                .arrivedAtMillis(facts.receivedAtMillis())
                .diedAtMillis(standing.finishedAtMillis())
                .raw(Base64.getEncoder().encodeToString(record))
                .build();
    }

    /**
     * Null for what was not tried: a request that was shed, withdrawn or late before its first call
     * can be sent again by whoever sent it.
     */
    private static @Nullable DeadLetterReason reasonOf(ResultItem standing) {
        if (standing.status() != ResultStatus.FAILED) {
            return null;
        }
        String reason = String.valueOf(standing.decision().reason());
        switch (reason) {
            case Names.PAYLOAD_ERROR:
                return DeadLetterReason.PAYLOAD_LOST;
            case Names.AMBIGUOUS:
                return DeadLetterReason.AMBIGUOUS;
            default:
                return standing.attempt() > 0 ? DeadLetterReason.EXHAUSTED : null;
        }
    }
}
