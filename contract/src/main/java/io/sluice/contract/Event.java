package io.sluice.contract;

import org.jspecify.annotations.Nullable;

/**
 * One record of a tenant's log: a {@link RequestEvent}, an {@link OutcomeEvent} or a {@link
 * CommandEvent}. The order of the events of one tenant is the order of its history.
 */
public interface Event {
    /** The tenant whose history this belongs to; also the partition key on the stream. */
    String tenantId();

    /** Identifies the event among all of its tenant: a repeated id is the same event sent twice. */
    String eventId();

    /** W3C trace context, or null. */
    @Nullable String traceparent();
}
