package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An instruction that takes its place in the tenant's history, such as the expiry of a hold. */
public final class CommandEvent implements Event {
    private final String tenantId;
    private final String commandId;
    private final String name;
    private final @Nullable String subject;
    private final @Nullable String traceparent;

    private CommandEvent(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.commandId = Objects.requireNonNull(b.commandId, "commandId");
        this.name = Objects.requireNonNull(b.name, "name");
        this.subject = b.subject;
        this.traceparent = b.traceparent;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.commandId = commandId;
        b.name = name;
        b.subject = subject;
        b.traceparent = traceparent;
        return b;
    }

    /** The tenant. */
    @Override
    public String tenantId() {
        return tenantId;
    }

    /** The command's own id. */
    public String commandId() {
        return commandId;
    }

    /** What to do, kebab case; unknown names change nothing. */
    public String name() {
        return name;
    }

    /** What to do it to, if the command needs that. */
    public @Nullable String subject() {
        return subject;
    }

    /** W3C trace context, if any. */
    @Override
    public @Nullable String traceparent() {
        return traceparent;
    }

    @Override
    public String eventId() {
        return commandId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof CommandEvent)) {
            return false;
        }
        CommandEvent that = (CommandEvent) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(commandId, that.commandId)
                && Objects.equals(name, that.name)
                && Objects.equals(subject, that.subject)
                && Objects.equals(traceparent, that.traceparent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, commandId, name, subject, traceparent);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "CommandEvent{"
                + "tenantId="
                + tenantId
                + ", commandId="
                + commandId
                + ", name="
                + name
                + ", subject="
                + subject
                + ", traceparent="
                + traceparent
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String commandId;

        @SuppressWarnings("NullAway.Init")
        private String name;

        private @Nullable String subject;
        private @Nullable String traceparent;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The command's own id. */
        public Builder commandId(String value) {
            this.commandId = value;
            return this;
        }

        /** What to do, kebab case; unknown names change nothing. */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        /** What to do it to, if the command needs that. */
        public Builder subject(@Nullable String value) {
            this.subject = value;
            return this;
        }

        /** W3C trace context, if any. */
        public Builder traceparent(@Nullable String value) {
            this.traceparent = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public CommandEvent build() {
            return new CommandEvent(this);
        }
    }
}
