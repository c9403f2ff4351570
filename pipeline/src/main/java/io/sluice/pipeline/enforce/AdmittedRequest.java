package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestEvent;
import java.util.List;

/** A request that the engine wants the model called for, with the decision that says so. */
public final class AdmittedRequest {
    private final RequestEvent request;
    private final Decision decision;
    private final List<String> earlierTurns;

    /** The request and its decision, without a conversation before it. */
    public AdmittedRequest(RequestEvent request, Decision decision) {
        this(request, decision, List.of());
    }

    /** The request, its decision, and the turns before it, oldest first. */
    public AdmittedRequest(RequestEvent request, Decision decision, List<String> earlierTurns) {
        this.request = request;
        this.decision = decision;
        this.earlierTurns = List.copyOf(earlierTurns);
    }

    /** The request, with its text. */
    public RequestEvent request() {
        return request;
    }

    /** Why it may be invoked. */
    public Decision decision() {
        return decision;
    }

    /**
     * What was said before in the same conversation, oldest first: per turn a JSON text {@code
     * {"messages":[…]}} with the user's messages and the assistant's answer, in the form that
     * {@link io.sluice.contract.json.PromptPayload} gives messages.
     */
    public List<String> earlierTurns() {
        return earlierTurns;
    }

    /** The model to call: the one asked for, or the one that a spent budget turned it to. */
    public String model() {
        String downgradedTo = decision.downgradedTo();
        return downgradedTo == null ? request.facts().model() : downgradedTo;
    }
}
