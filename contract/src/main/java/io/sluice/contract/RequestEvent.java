package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request on its way to the engine: the facts and the text that only the invoker reads. */
public final class RequestEvent implements Event {
    /**
     * How long after it arrived a request is told from its repetition by its id, milliseconds: one
     * hour. The same id later is a new request to the engine.
     */
    public static final long REMEMBERED_MILLIS = 3_600_000;

    private final RequestFacts facts;
    private final String payload;
    private final @Nullable String traceparent;

    private RequestEvent(Builder b) {
        this.facts = Objects.requireNonNull(b.facts, "facts");
        this.payload = Objects.requireNonNull(b.payload, "payload");
        this.traceparent = b.traceparent;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.facts = facts;
        b.payload = payload;
        b.traceparent = traceparent;
        return b;
    }

    /** What decisions may depend on. */
    public RequestFacts facts() {
        return facts;
    }

    /**
     * The prompt, see {@link io.sluice.contract.json.PromptPayload}; opaque to everything but
     * ingress and invoker.
     */
    public String payload() {
        return payload;
    }

    /** W3C trace context, if the client sent one. */
    @Override
    public @Nullable String traceparent() {
        return traceparent;
    }

    @Override
    public String tenantId() {
        return facts.tenantId();
    }

    @Override
    public String eventId() {
        return facts.requestId();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RequestEvent)) {
            return false;
        }
        RequestEvent that = (RequestEvent) other;
        return Objects.equals(facts, that.facts)
                && Objects.equals(payload, that.payload)
                && Objects.equals(traceparent, that.traceparent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(facts, payload, traceparent);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "RequestEvent{" + "facts=" + facts + ", traceparent=" + traceparent + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private RequestFacts facts;

        @SuppressWarnings("NullAway.Init")
        private String payload;

        private @Nullable String traceparent;

        private Builder() {}

        /** What decisions may depend on. */
        public Builder facts(RequestFacts value) {
            this.facts = value;
            return this;
        }

        /**
         * The prompt, see {@link io.sluice.contract.json.PromptPayload}; opaque to everything but
         * ingress and invoker.
         */
        public Builder payload(String value) {
            this.payload = value;
            return this;
        }

        /** W3C trace context, if the client sent one. */
        public Builder traceparent(@Nullable String value) {
            this.traceparent = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public RequestEvent build() {
            return new RequestEvent(this);
        }
    }
}
