package io.sluice.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the engine may know of a request: ids, hashes, counts and times, never text. */
public final class RequestFacts {
    private final String tenantId;
    private final String requestId;
    private final long receivedAtMillis;
    private final EffectivePolicy policy;
    private final String model;
    private final String promptHash;
    private final @Nullable String taskHash;
    private final CacheMode cacheMode;
    private final boolean sampled;
    private final long estimatedInputTokens;
    private final long maxTokens;
    private final Map<String, ReservePrice> prices;
    private final @Nullable Route route;
    private final Priority priority;
    private final long deadlineAtMillis;
    private final Labels labels;

    private RequestFacts(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.requestId = Objects.requireNonNull(b.requestId, "requestId");
        this.receivedAtMillis = b.receivedAtMillis;
        this.policy = Objects.requireNonNull(b.policy, "policy");
        this.model = Objects.requireNonNull(b.model, "model");
        this.promptHash = Objects.requireNonNull(b.promptHash, "promptHash");
        this.taskHash = b.taskHash;
        this.cacheMode = Objects.requireNonNull(b.cacheMode, "cacheMode");
        this.sampled = b.sampled;
        this.estimatedInputTokens = b.estimatedInputTokens;
        this.maxTokens = b.maxTokens;
        this.prices = Collections.unmodifiableMap(new TreeMap<>(b.prices));
        this.route = b.route;
        this.priority = Objects.requireNonNull(b.priority, "priority");
        this.deadlineAtMillis = b.deadlineAtMillis;
        this.labels = Objects.requireNonNull(b.labels, "labels");
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.requestId = requestId;
        b.receivedAtMillis = receivedAtMillis;
        b.policy = policy;
        b.model = model;
        b.promptHash = promptHash;
        b.taskHash = taskHash;
        b.cacheMode = cacheMode;
        b.sampled = sampled;
        b.estimatedInputTokens = estimatedInputTokens;
        b.maxTokens = maxTokens;
        b.prices = prices;
        b.route = route;
        b.priority = priority;
        b.deadlineAtMillis = deadlineAtMillis;
        b.labels = labels;
        return b;
    }

    /** The tenant, see {@link Names#TENANT_ID}. */
    public String tenantId() {
        return tenantId;
    }

    /** The request's id, also its event id. */
    public String requestId() {
        return requestId;
    }

    /** When the ingress took it in, epoch milliseconds by the ingress clock. */
    public long receivedAtMillis() {
        return receivedAtMillis;
    }

    /** The policy in force at the ingress then. */
    public EffectivePolicy policy() {
        return policy;
    }

    /** The real id of the model asked for, never an alias. */
    public String model() {
        return model;
    }

    /** SHA-256 over every parameter but the model that affects the output, hex. */
    public String promptHash() {
        return promptHash;
    }

    /** Hash of what an agent was asked to do, hex; null if it is not an agent task. */
    public @Nullable String taskHash() {
        return taskHash;
    }

    /** What the client wants of the response cache. */
    public CacheMode cacheMode() {
        return cacheMode;
    }

    /** Whether the answer is drawn at random: temperature omitted or positive. */
    public boolean sampled() {
        return sampled;
    }

    /** Upper estimate of the input tokens. */
    public long estimatedInputTokens() {
        return estimatedInputTokens;
    }

    /** Output tokens the call may produce. */
    public long maxTokens() {
        return maxTokens;
    }

    /**
     * What is reserved per token, by model: the one asked for, as dear as the dearest target of its
     * route, and those a budget may turn to; what has no price is not in it.
     */
    public Map<String, ReservePrice> prices() {
        return prices;
    }

    /** The targets that may answer it; to the model alone if the policy says no more. */
    public Route route() {
        return route == null ? Route.to(model) : route;
    }

    /** The route that it carries; null if the policy says no more than the model. */
    public @Nullable Route ownRoute() {
        return route;
    }

    /** How urgent it is. */
    public Priority priority() {
        return priority;
    }

    /** When the answer is no longer wanted, epoch milliseconds. */
    public long deadlineAtMillis() {
        return deadlineAtMillis;
    }

    /** The client's names for it. */
    public Labels labels() {
        return labels;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof RequestFacts)) {
            return false;
        }
        RequestFacts that = (RequestFacts) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(requestId, that.requestId)
                && receivedAtMillis == that.receivedAtMillis
                && Objects.equals(policy, that.policy)
                && Objects.equals(model, that.model)
                && Objects.equals(promptHash, that.promptHash)
                && Objects.equals(taskHash, that.taskHash)
                && Objects.equals(cacheMode, that.cacheMode)
                && sampled == that.sampled
                && estimatedInputTokens == that.estimatedInputTokens
                && maxTokens == that.maxTokens
                && Objects.equals(prices, that.prices)
                && Objects.equals(route, that.route)
                && Objects.equals(priority, that.priority)
                && deadlineAtMillis == that.deadlineAtMillis
                && Objects.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId,
                requestId,
                receivedAtMillis,
                policy,
                model,
                promptHash,
                taskHash,
                cacheMode,
                sampled,
                estimatedInputTokens,
                maxTokens,
                prices,
                route,
                priority,
                deadlineAtMillis,
                labels);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "RequestFacts{"
                + "tenantId="
                + tenantId
                + ", requestId="
                + requestId
                + ", receivedAtMillis="
                + receivedAtMillis
                + ", policy="
                + policy
                + ", model="
                + model
                + ", promptHash="
                + promptHash
                + ", taskHash="
                + taskHash
                + ", cacheMode="
                + cacheMode
                + ", sampled="
                + sampled
                + ", estimatedInputTokens="
                + estimatedInputTokens
                + ", maxTokens="
                + maxTokens
                + ", prices="
                + prices
                + ", route="
                + route
                + ", priority="
                + priority
                + ", deadlineAtMillis="
                + deadlineAtMillis
                + ", labels="
                + labels
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String requestId;

        private long receivedAtMillis;

        @SuppressWarnings("NullAway.Init")
        private EffectivePolicy policy;

        @SuppressWarnings("NullAway.Init")
        private String model;

        @SuppressWarnings("NullAway.Init")
        private String promptHash;

        private @Nullable String taskHash;

        @SuppressWarnings("NullAway.Init")
        private CacheMode cacheMode;

        private boolean sampled;

        private long estimatedInputTokens;
        private long maxTokens;
        private Map<String, ReservePrice> prices = Map.of();
        private @Nullable Route route;

        @SuppressWarnings("NullAway.Init")
        private Priority priority;

        private long deadlineAtMillis;

        @SuppressWarnings("NullAway.Init")
        private Labels labels;

        private Builder() {}

        /** The tenant, see {@link Names#TENANT_ID}. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The request's id, also its event id. */
        public Builder requestId(String value) {
            this.requestId = value;
            return this;
        }

        /** When the ingress took it in, epoch milliseconds by the ingress clock. */
        public Builder receivedAtMillis(long value) {
            this.receivedAtMillis = value;
            return this;
        }

        /** The policy in force at the ingress then. */
        public Builder policy(EffectivePolicy value) {
            this.policy = value;
            return this;
        }

        /** The model id as submitted. */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /** SHA-256 over every parameter that affects the output, hex. */
        public Builder promptHash(String value) {
            this.promptHash = value;
            return this;
        }

        /** Hash of what an agent was asked to do, hex; null if it is not an agent task. */
        public Builder taskHash(@Nullable String value) {
            this.taskHash = value;
            return this;
        }

        /** What the client wants of the response cache. */
        public Builder cacheMode(CacheMode value) {
            this.cacheMode = value;
            return this;
        }

        /** Whether the answer is drawn at random: temperature omitted or positive. */
        public Builder sampled(boolean value) {
            this.sampled = value;
            return this;
        }

        /** Upper estimate of the input tokens. */
        public Builder estimatedInputTokens(long value) {
            this.estimatedInputTokens = value;
            return this;
        }

        /** Output tokens the call may produce. */
        public Builder maxTokens(long value) {
            this.maxTokens = value;
            return this;
        }

        /**
         * What is reserved per token, by model: the one asked for and those a budget may turn to; a
         * model without a price is not in it.
         */
        public Builder prices(Map<String, ReservePrice> value) {
            this.prices = value;
            return this;
        }

        /** The targets that may answer it; null if it is the model alone. */
        public Builder route(@Nullable Route value) {
            this.route = value;
            return this;
        }

        /** How urgent it is. */
        public Builder priority(Priority value) {
            this.priority = value;
            return this;
        }

        /** When the answer is no longer wanted, epoch milliseconds. */
        public Builder deadlineAtMillis(long value) {
            this.deadlineAtMillis = value;
            return this;
        }

        /** The client's names for it. */
        public Builder labels(Labels value) {
            this.labels = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public RequestFacts build() {
            return new RequestFacts(this);
        }
    }
}
