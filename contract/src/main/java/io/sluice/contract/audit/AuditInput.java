package io.sluice.contract.audit;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import org.jspecify.annotations.Nullable;

/** What the engine was given for one transition: one of three kinds, and when it arrived. */
public final class AuditInput {
    private final long arrivedAtMillis;
    private final @Nullable RequestFacts request;
    private final @Nullable OutcomeFacts outcome;
    private final @Nullable CommandEvent command;

    private AuditInput(
            long arrivedAtMillis,
            @Nullable RequestFacts request,
            @Nullable OutcomeFacts outcome,
            @Nullable CommandEvent command) {
        this.arrivedAtMillis = arrivedAtMillis;
        this.request = request;
        this.outcome = outcome;
        this.command = command;
    }

    /** A request. */
    public static AuditInput of(long arrivedAtMillis, RequestFacts request) {
        return new AuditInput(arrivedAtMillis, request, null, null);
    }

    /** The end of a call. */
    public static AuditInput of(long arrivedAtMillis, OutcomeFacts outcome) {
        return new AuditInput(arrivedAtMillis, null, outcome, null);
    }

    /** A command. */
    public static AuditInput of(long arrivedAtMillis, CommandEvent command) {
        return new AuditInput(arrivedAtMillis, null, null, command);
    }

    /** When the stream took it, epoch milliseconds. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** The request; null if it is none. */
    public @Nullable RequestFacts request() {
        return request;
    }

    /** The outcome; null if it is none. */
    public @Nullable OutcomeFacts outcome() {
        return outcome;
    }

    /** The command; null if it is none. */
    public @Nullable CommandEvent command() {
        return command;
    }
}
