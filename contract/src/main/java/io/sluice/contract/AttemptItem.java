package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to call a model, as the ledger of attempts keeps it: claimed before the call,
 * finished after it. Numbers of a request's attempts rise from 1 without a gap. Whoever finds a
 * finished attempt uses its outcome instead of calling again.
 */
public final class AttemptItem {
    private final String tenantId;
    private final String requestId;
    private final int attempt;
    private final String runId;
    private final String target;
    private final String model;
    private final long claimedAtMillis;
    private final long endsByMillis;
    private final @Nullable AttemptEnd end;
    private final long expiresAtSeconds;
    private final Isolation isolation;

    private AttemptItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.requestId = Objects.requireNonNull(b.requestId, "requestId");
        this.attempt = b.attempt;
        this.runId = Objects.requireNonNull(b.runId, "runId");
        this.target = Objects.requireNonNull(b.target, "target");
        this.model = Objects.requireNonNull(b.model, "model");
        this.claimedAtMillis = b.claimedAtMillis;
        this.endsByMillis = b.endsByMillis;
        this.end = b.end;
        this.expiresAtSeconds = b.expiresAtSeconds;
        this.isolation = Objects.requireNonNull(b.isolation, "isolation");
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
        b.attempt = attempt;
        b.runId = runId;
        b.target = target;
        b.model = model;
        b.claimedAtMillis = claimedAtMillis;
        b.endsByMillis = endsByMillis;
        b.end = end;
        b.expiresAtSeconds = expiresAtSeconds;
        b.isolation = isolation;
        return b;
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** The request. */
    public String requestId() {
        return requestId;
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return attempt;
    }

    /** The run of the job that claimed it; alone it may finish it, unless another takes it over. */
    public String runId() {
        return runId;
    }

    /** Where the call goes, as {@link Target#key()} has it. */
    public String target() {
        return target;
    }

    /** The model that prices apply to. */
    public String model() {
        return model;
    }

    /** When it was claimed, epoch milliseconds. */
    public long claimedAtMillis() {
        return claimedAtMillis;
    }

    /** By when the call has ended whatever happens, epoch milliseconds. */
    public long endsByMillis() {
        return endsByMillis;
    }

    /** How it ended; null while it is only claimed. */
    public @Nullable AttemptEnd end() {
        return end;
    }

    /** When the store may forget it, epoch seconds. */
    public long expiresAtSeconds() {
        return expiresAtSeconds;
    }

    /** How far the tenant's rows are kept apart, by the policy in force: which table it is in. */
    public Isolation isolation() {
        return isolation;
    }

    /** Attempts that one request can have. */
    public static final int MOST_ATTEMPTS = 9_999;

    /** How long an attempt is kept, seconds: as long as a result, 30 days. */
    public static final long RETENTION_SECONDS = ResultItem.RETENTION_SECONDS;

    private static final int DIGITS = 4;

    /** The start of the keys of all attempts of a request. */
    public static String keyPrefix(String requestId) {
        return requestId + '#';
    }

    /** The range key: request and number, so that a request's attempts lie together, in order. */
    public String rangeKey() {
        String number = Integer.toString(attempt);
        return keyPrefix(requestId) + "0".repeat(DIGITS - number.length()) + number;
    }

    /** Whether it was called and nobody knows yet what came of it. */
    public boolean isOpen() {
        return end == null;
    }

    /** The same attempt, ended so. */
    public AttemptItem finished(AttemptEnd how) {
        return toBuilder().end(how).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof AttemptItem)) {
            return false;
        }
        AttemptItem that = (AttemptItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(requestId, that.requestId)
                && attempt == that.attempt
                && Objects.equals(runId, that.runId)
                && Objects.equals(target, that.target)
                && Objects.equals(model, that.model)
                && claimedAtMillis == that.claimedAtMillis
                && endsByMillis == that.endsByMillis
                && Objects.equals(end, that.end)
                && expiresAtSeconds == that.expiresAtSeconds
                && isolation == that.isolation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId,
                requestId,
                attempt,
                runId,
                target,
                model,
                claimedAtMillis,
                endsByMillis,
                end,
                expiresAtSeconds,
                isolation);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "AttemptItem{"
                + "tenantId="
                + tenantId
                + ", requestId="
                + requestId
                + ", attempt="
                + attempt
                + ", runId="
                + runId
                + ", target="
                + target
                + ", model="
                + model
                + ", claimedAtMillis="
                + claimedAtMillis
                + ", endsByMillis="
                + endsByMillis
                + ", end="
                + end
                + ", expiresAtSeconds="
                + expiresAtSeconds
                + ", isolation="
                + isolation
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String requestId;

        private int attempt;

        @SuppressWarnings("NullAway.Init")
        private String runId;

        @SuppressWarnings("NullAway.Init")
        private String target;

        @SuppressWarnings("NullAway.Init")
        private String model;

        private long claimedAtMillis;
        private long endsByMillis;
        private @Nullable AttemptEnd end;
        private long expiresAtSeconds;
        private Isolation isolation = Isolation.POOLED;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The request. */
        public Builder requestId(String value) {
            this.requestId = value;
            return this;
        }

        /** Number of the attempt, from 1. */
        public Builder attempt(int value) {
            this.attempt = value;
            return this;
        }

        /**
         * The run of the job that claimed it; alone it may finish it, unless another takes it over.
         */
        public Builder runId(String value) {
            this.runId = value;
            return this;
        }

        /** Where the call goes, as {@link Target#key()} has it. */
        public Builder target(String value) {
            this.target = value;
            return this;
        }

        /** The model that prices apply to. */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /** When it was claimed, epoch milliseconds. */
        public Builder claimedAtMillis(long value) {
            this.claimedAtMillis = value;
            return this;
        }

        /** By when the call has ended whatever happens, epoch milliseconds. */
        public Builder endsByMillis(long value) {
            this.endsByMillis = value;
            return this;
        }

        /** How it ended; null while it is only claimed. */
        public Builder end(@Nullable AttemptEnd value) {
            this.end = value;
            return this;
        }

        /** When the store may forget it, epoch seconds. */
        public Builder expiresAtSeconds(long value) {
            this.expiresAtSeconds = value;
            return this;
        }

        /** How far the tenant's rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public AttemptItem build() {
            if (attempt < 1 || attempt > MOST_ATTEMPTS) {
                throw new IllegalArgumentException(
                        "attempt: seen " + attempt + ", expected 1 to " + MOST_ATTEMPTS);
            }
            return new AttemptItem(this);
        }
    }
}
