package io.sluice.pipeline.enforce;

import org.jspecify.annotations.Nullable;

/**
 * What the engine tells the invoker about one request: to start it, or that a client has withdrawn
 * it. Orders of one tenant keep their order.
 */
public final class CallOrder {
    private final String tenantId;
    private final String requestId;
    private final @Nullable AdmittedRequest admitted;

    private CallOrder(String tenantId, String requestId, @Nullable AdmittedRequest admitted) {
        this.tenantId = tenantId;
        this.requestId = requestId;
        this.admitted = admitted;
    }

    /** To have the model called for a request. */
    public static CallOrder start(AdmittedRequest admitted) {
        return new CallOrder(
                admitted.request().facts().tenantId(),
                admitted.request().facts().requestId(),
                admitted);
    }

    /** To end a request, if its call has not started. */
    public static CallOrder withdrawal(String tenantId, String requestId) {
        return new CallOrder(tenantId, requestId, null);
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** The request. */
    public String requestId() {
        return requestId;
    }

    /** What to start; null if this is a withdrawal. */
    public @Nullable AdmittedRequest admitted() {
        return admitted;
    }
}
