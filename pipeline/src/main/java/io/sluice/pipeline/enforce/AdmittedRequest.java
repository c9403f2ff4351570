package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that the engine wants the model called for, with the decision that says so. */
public final class AdmittedRequest {
    private final RequestEvent request;
    private final Decision decision;
    private final List<String> earlierTurns;
    private final @Nullable String staleAnswer;

    /** The request and its decision, without a conversation before it. */
    public AdmittedRequest(RequestEvent request, Decision decision) {
        this(request, decision, List.of());
    }

    /** The request, its decision, and the turns before it, oldest first. */
    public AdmittedRequest(RequestEvent request, Decision decision, List<String> earlierTurns) {
        this(request, decision, earlierTurns, null);
    }

    /** The same with an answer that outlived its TTL; null if there is none to fall back on. */
    public AdmittedRequest(
            RequestEvent request,
            Decision decision,
            List<String> earlierTurns,
            @Nullable String staleAnswer) {
        this.request = request;
        this.decision = decision;
        this.earlierTurns = List.copyOf(earlierTurns);
        this.staleAnswer = staleAnswer;
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

    /**
     * An earlier answer to the same, beyond its TTL but young enough for the policy to serve it
     * when no model is left, see {@link io.sluice.contract.json.AnswerPayload}; null if there is
     * none.
     */
    public @Nullable String staleAnswer() {
        return staleAnswer;
    }

    /**
     * The targets that may answer: those of the policy, or the one model that a spent budget turned
     * the request to.
     */
    public Route route() {
        String downgradedTo = decision.downgradedTo();
        return downgradedTo == null ? request.facts().route() : Route.to(downgradedTo);
    }

    /** The model to call: the one asked for, or the one that a spent budget turned it to. */
    public String model() {
        String downgradedTo = decision.downgradedTo();
        return downgradedTo == null ? request.facts().model() : downgradedTo;
    }
}
