package io.sluice.pipeline.replay;

import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request of a trace as it was written: nothing is looked up or clamped yet. Immutable. */
public final class TraceLine {
    /** The latest time a line may name: the end of the year 9999, epoch milliseconds. */
    public static final long LATEST_MILLIS = 253_402_300_799_999L;

    /** The most tokens a line may name; the engine counts no call as more. */
    public static final long MOST_TOKENS = 1_000_000_000_000L;

    /** The longest a call may take: 30 days, as long as the engine waits for a late outcome. */
    public static final long MOST_LATENCY_MILLIS = 2_592_000_000L;

    private final long atMillis;
    private final String tenantId;
    private final String model;
    private final long inputTokens;
    private final long outputTokens;
    private final long maxTokens;
    private final long latencyMillis;
    private final @Nullable String promptHash;
    private final String endpoint;
    private final Priority priority;

    private TraceLine(Builder b) {
        this.atMillis = b.atMillis;
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.model = Objects.requireNonNull(b.model, "model");
        this.inputTokens = b.inputTokens;
        this.outputTokens = b.outputTokens;
        this.maxTokens = b.maxTokens == Builder.NOT_SET ? b.outputTokens : b.maxTokens;
        this.latencyMillis = b.latencyMillis;
        this.promptHash = b.promptHash;
        this.endpoint = b.endpoint;
        this.priority = b.priority;
    }

    static Builder builder() {
        return new Builder();
    }

    /** When the request came, epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** Whose request it is. */
    public String tenantId() {
        return tenantId;
    }

    /** The model asked for: an id or an alias. */
    public String model() {
        return model;
    }

    /** Input tokens, both held and used. */
    public long inputTokens() {
        return inputTokens;
    }

    /** Output tokens used. */
    public long outputTokens() {
        return outputTokens;
    }

    /** Output tokens held: those the call was allowed, or those it used if that is not known. */
    public long maxTokens() {
        return maxTokens;
    }

    /** From the request to the end of its call. */
    public long latencyMillis() {
        return latencyMillis;
    }

    /** What equal prompts have in common; null if the answer is not to be cached. */
    public @Nullable String promptHash() {
        return promptHash;
    }

    /** The calling feature; changes no decision. */
    public String endpoint() {
        return endpoint;
    }

    /** How urgent it is; changes no decision. */
    public Priority priority() {
        return priority;
    }

    /** Collects the values of a line. */
    static final class Builder {
        private static final long NOT_SET = -1;

        private long atMillis;
        private @Nullable String tenantId;
        private @Nullable String model;
        private long inputTokens;
        private long outputTokens;
        private long maxTokens = NOT_SET;
        private long latencyMillis;
        private @Nullable String promptHash;
        private String endpoint = Names.DEFAULT_ENDPOINT;
        private Priority priority = Priority.NORMAL;

        private Builder() {}

        Builder atMillis(long value) {
            this.atMillis = value;
            return this;
        }

        Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        Builder model(String value) {
            this.model = value;
            return this;
        }

        Builder inputTokens(long value) {
            this.inputTokens = value;
            return this;
        }

        Builder outputTokens(long value) {
            this.outputTokens = value;
            return this;
        }

        Builder maxTokens(long value) {
            this.maxTokens = value;
            return this;
        }

        Builder latencyMillis(long value) {
            this.latencyMillis = value;
            return this;
        }

        Builder promptHash(@Nullable String value) {
            this.promptHash = value;
            return this;
        }

        Builder endpoint(String value) {
            this.endpoint = value;
            return this;
        }

        Builder priority(Priority value) {
            this.priority = value;
            return this;
        }

        TraceLine build() {
            return new TraceLine(this);
        }
    }
}
