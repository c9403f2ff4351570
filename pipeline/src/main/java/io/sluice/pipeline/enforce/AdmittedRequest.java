package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestEvent;

/** A request that the engine wants the model called for, with the decision that says so. */
public final class AdmittedRequest {
    private final RequestEvent request;
    private final Decision decision;

    /** The request and its decision. */
    public AdmittedRequest(RequestEvent request, Decision decision) {
        this.request = request;
        this.decision = decision;
    }

    /** The request, with its text. */
    public RequestEvent request() {
        return request;
    }

    /** Why it may be invoked. */
    public Decision decision() {
        return decision;
    }
}
