package io.sluice.pipeline.model;

import io.sluice.contract.Target;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.List;

/** One attempt to have a model answer a prompt. Immutable. */
final class ModelCall {
    private final String tenantId;
    private final String requestId;
    private final Target target;
    private final List<String> earlierTurns;
    private final String payload;
    private final long deadlineAtMillis;

    /** A call with the turns before it, oldest first, see {@link AdmittedRequest}. */
    ModelCall(
            String tenantId,
            String requestId,
            Target target,
            List<String> earlierTurns,
            String payload,
            long deadlineAtMillis) {
        this.tenantId = tenantId;
        this.requestId = requestId;
        this.target = target;
        this.earlierTurns = earlierTurns;
        this.payload = payload;
        this.deadlineAtMillis = deadlineAtMillis;
    }

    /** The call of that target that an admitted request asks for. */
    static ModelCall of(AdmittedRequest admitted, Target target) {
        return new ModelCall(
                admitted.request().facts().tenantId(),
                admitted.request().facts().requestId(),
                target,
                admitted.earlierTurns(),
                admitted.request().payload(),
                admitted.request().facts().deadlineAtMillis());
    }

    /** The same call with other texts. */
    ModelCall with(List<String> otherTurns, String otherPayload) {
        return new ModelCall(
                tenantId, requestId, target, otherTurns, otherPayload, deadlineAtMillis);
    }

    String tenantId() {
        return tenantId;
    }

    String requestId() {
        return requestId;
    }

    /** Where it goes. */
    Target target() {
        return target;
    }

    /** Model id, inference-profile id or ARN. */
    String model() {
        return target.model();
    }

    /** What was said before, oldest first: per turn a text of messages. */
    List<String> earlierTurns() {
        return earlierTurns;
    }

    /** The prompt, see {@link io.sluice.contract.json.PromptPayload}. */
    String payload() {
        return payload;
    }

    /** When the answer is no longer wanted, epoch milliseconds. */
    long deadlineAtMillis() {
        return deadlineAtMillis;
    }

    /** Everything but what was said. */
    @Override
    public String toString() {
        return "call of " + target + " for " + tenantId + "/" + requestId;
    }
}
