package io.sluice.contract;

import java.util.regex.Pattern;

/**
 * The spelling of names: what a tenant id and a label may look like, and what limits, reasons,
 * streams and tables are called.
 */
public final class Names {
    /** A tenant id: lower case, at most 50 characters. */
    public static final Pattern TENANT_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    /** A label chosen by a client: at most 64 characters. */
    public static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

    /** The label of what has none. */
    public static final String NO_LABEL = "-";

    /** The endpoint of a request that names none. */
    public static final String DEFAULT_ENDPOINT = "default";

    /** Limit and reason: requests in any 60 s. */
    public static final String REQUESTS_PER_MINUTE = "requests-per-minute";

    /** Limit and reason: requests per UTC day. */
    public static final String REQUESTS_PER_DAY = "requests-per-day";

    /** Limit and reason: tokens held or used in any 60 s. */
    public static final String TOKENS_PER_MINUTE = "tokens-per-minute";

    /** Limit and reason: requests admitted and not ended. */
    public static final String MAX_PENDING = "max-pending";

    /** Reason: more requests are admitted and not ended than the tenant may have. */
    public static final String QUEUE_FULL = "queue-full";

    /** Limit and reason: money per UTC day, in 10^-12 USD. */
    public static final String BUDGET_PER_DAY = "budget-per-day";

    /** Limit and reason: money per UTC month, in 10^-12 USD. */
    public static final String BUDGET_PER_MONTH = "budget-per-month";

    /** Reason: the tenant may not ask that model. */
    public static final String MODEL_NOT_ALLOWED = "model-not-allowed";

    /** Reason: the model has no price and a budget that blocks is in force. */
    public static final String UNPRICED = "unpriced";

    /** The price version of a call of a model without a price; its cost is 0. */
    public static final String UNPRICED_PRICE_VERSION = "unpriced";

    /** Reason: another turn of the conversation has not ended. */
    public static final String SESSION_BUSY = "session-busy";

    /** Reason: the client withdrew it before it started. */
    public static final String CANCELLED = "cancelled";

    /** Command: withdraw a request that has not started; its subject is the request's id. */
    public static final String CANCEL_REQUEST = "cancel-request";

    /** Command: end what is overdue in a silent tenant's state. */
    public static final String EXPIRE = "expire";

    /** Command: forget a conversation; its subject is the conversation's key. */
    public static final String DELETE_SESSION = "delete-session";

    /** Command: forget everything a tenant said and was answered, if no request is open. */
    public static final String ERASE_TENANT = "erase-tenant";

    /** The job's own command: that was done; its subject is the id of the command to do it. */
    public static final String TENANT_ERASED = "tenant-erased";

    /** The job's own command: it was not, because requests are open; with the same subject. */
    public static final String ERASE_REFUSED = "erase-refused";

    /** Reason: no room to run it. */
    public static final String LANE_FULL = "lane-full";

    /** Reason: the deadline passed. */
    public static final String DEADLINE = "deadline";

    /** Reason: the model failed. */
    public static final String MODEL_ERROR = "model-error";

    /** Reason: no target was left to call, for now. */
    public static final String UNAVAILABLE = "unavailable";

    /** Reason: the payload could not be read. */
    public static final String PAYLOAD_ERROR = "payload-error";

    /** Reason: an earlier run may have made the call, and the policy forbids to make it again. */
    public static final String AMBIGUOUS = "ambiguous";

    /** Reason: the tenant is suspended. */
    public static final String SUSPENDED = "suspended";

    /** The stream of all tenants' events. */
    public static final String EVENTS_STREAM = "sluice-events";

    /** The stream of what could not be processed. */
    public static final String DEAD_LETTERS_STREAM = "sluice-dead-letters";

    /** The stream of every tenant's audit records. */
    public static final String AUDIT_STREAM = "sluice-audit";

    /** Table of result items: hash key {@code tenant_id}, range key {@code request_id}. */
    public static final String REQUESTS_TABLE = "sluice-requests";

    /** Table of usage windows: hash key {@code tenant_id}, range key {@code window}. */
    public static final String USAGE_TABLE = "sluice-usage";

    /**
     * Table of tenants, their keys and policies: hash key {@code tenant_id}, range key {@code
     * item}.
     */
    public static final String TENANTS_TABLE = "sluice-tenants";

    /**
     * Table of the idempotency keys in use: hash key {@code tenant_id}, range key {@code key_hash}.
     */
    public static final String IDEMPOTENCY_TABLE = "sluice-idempotency";

    /** Table of batches and the ids in them: hash key {@code tenant_id}, range key {@code item}. */
    public static final String BATCHES_TABLE = "sluice-batches";

    /**
     * Table of conversations as readers see them: hash key {@code tenant_id}, range key {@code
     * conversation}.
     */
    public static final String SESSIONS_TABLE = "sluice-sessions";

    /**
     * Table of dead letters: hash key {@code bucket}, range key {@code item}. A letter lies in the
     * bucket of its UTC day under its name; the parts of its record lie in a bucket of their own.
     */
    public static final String DEAD_LETTERS_TABLE = "sluice-dead-letters";

    /**
     * Table of the attempts to call models: hash key {@code tenant_id}, range key {@code
     * attempt_key}.
     */
    public static final String ATTEMPTS_TABLE = "sluice-attempts";

    /**
     * Table of what recorded usage costs by other prices: hash key {@code tenant_id}, range key
     * {@code version_day_model}.
     */
    public static final String RERATED_TABLE = "sluice-rerated";

    /**
     * Table of the newest digest of each archive: hash key {@code log}, the events stream whose
     * decisions are archived, range key {@code item}.
     */
    public static final String AUDIT_ANCHORS_TABLE = "sluice-audit-anchors";

    private Names() {}
}
