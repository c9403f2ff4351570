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

    /** Reason: no room to run it. */
    public static final String LANE_FULL = "lane-full";

    /** Reason: the deadline passed. */
    public static final String DEADLINE = "deadline";

    /** Reason: the model failed. */
    public static final String MODEL_ERROR = "model-error";

    /** Reason: the payload could not be read. */
    public static final String PAYLOAD_ERROR = "payload-error";

    /** Reason: the tenant is suspended. */
    public static final String SUSPENDED = "suspended";

    /** The stream of all tenants' events. */
    public static final String EVENTS_STREAM = "sluice-events";

    /** The stream of what could not be processed. */
    public static final String DEAD_LETTERS_STREAM = "sluice-dead-letters";

    /** Table of result items: hash key {@code tenant_id}, range key {@code request_id}. */
    public static final String REQUESTS_TABLE = "sluice-requests";

    /** Table of usage windows: hash key {@code tenant_id}, range key {@code window}. */
    public static final String USAGE_TABLE = "sluice-usage";

    /**
     * Table of tenants, their keys and policies: hash key {@code tenant_id}, range key {@code
     * item}.
     */
    public static final String TENANTS_TABLE = "sluice-tenants";

    private Names() {}
}
