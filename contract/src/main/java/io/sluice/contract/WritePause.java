package io.sluice.contract;

/**
 * The wish that nothing is appended to the events stream for a while: an item of the tenants table
 * that every ingress node reads each second. It ends by itself, so that whoever wished it may die.
 *
 * <p>Attributes: {@code tenant_id} {@value #TENANT_KEY} and {@code item} {@value #ITEM}, which are
 * no tenant's; {@code owner}, who wished it; {@code until_millis}, epoch milliseconds.
 */
public final class WritePause {
    /** Hash key; no tenant's id begins so. */
    public static final String TENANT_KEY = "~control";

    /** Range key. */
    public static final String ITEM = "write-pause";

    /** Attribute: who wished it. */
    public static final String OWNER = "owner";

    /** Attribute: when it ends by itself, epoch milliseconds. */
    public static final String UNTIL_MILLIS = "until_millis";

    /** How often a node reads the item, milliseconds. */
    public static final long READ_MILLIS = 1_000;

    /**
     * The longest that a node heeds, from when it first reads this wish, milliseconds: one that was
     * written with a wrong clock must not stop the service.
     */
    public static final long MOST_MILLIS = 120_000;

    private WritePause() {}
}
