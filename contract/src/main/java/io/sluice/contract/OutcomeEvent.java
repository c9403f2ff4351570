package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of a model call on its way back to the engine. */
public final class OutcomeEvent implements Event {
    private final OutcomeFacts facts;
    private final @Nullable String payload;
    private final @Nullable String traceparent;

    private OutcomeEvent(Builder b) {
        this.facts = Objects.requireNonNull(b.facts, "facts");
        this.payload = b.payload;
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

    /** What the ledger may depend on. */
    public OutcomeFacts facts() {
        return facts;
    }

    /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
    public @Nullable String payload() {
        return payload;
    }

    /** W3C trace context of the request. */
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
        return facts.requestId() + "/" + facts.attempt();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof OutcomeEvent)) {
            return false;
        }
        OutcomeEvent that = (OutcomeEvent) other;
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
        return "OutcomeEvent{" + "facts=" + facts + ", traceparent=" + traceparent + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private OutcomeFacts facts;

        private @Nullable String payload;
        private @Nullable String traceparent;

        private Builder() {}

        /** What the ledger may depend on. */
        public Builder facts(OutcomeFacts value) {
            this.facts = value;
            return this;
        }

        /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
        public Builder payload(@Nullable String value) {
            this.payload = value;
            return this;
        }

        /** W3C trace context of the request. */
        public Builder traceparent(@Nullable String value) {
            this.traceparent = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public OutcomeEvent build() {
            return new OutcomeEvent(this);
        }
    }
}
