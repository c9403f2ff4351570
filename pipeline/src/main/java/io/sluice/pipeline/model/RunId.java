package io.sluice.pipeline.model;

/**
 * The name of one run of one subtask, from its opening to its end, in claims of the ledger. It
 * begins with the time of opening, so that of two runs that know of the same request the older one
 * can tell that it was replaced. Immutable.
 */
final class RunId {
    private static final char END_OF_TIME = '.';

    private final long openedAtMillis;
    private final String text;

    /**
     * A name.
     *
     * @param openedAtMillis when the run began, epoch milliseconds
     * @param unique what no other run has, whenever it began
     */
    RunId(long openedAtMillis, String unique) {
        this.openedAtMillis = openedAtMillis;
        this.text = Long.toString(openedAtMillis) + END_OF_TIME + unique;
    }

    /** When the run began, epoch milliseconds. */
    long openedAtMillis() {
        return openedAtMillis;
    }

    /** Whether the run of that name began after this one; not if it has no such name. */
    boolean isBefore(String other) {
        int end = other.indexOf(END_OF_TIME);
        try {
            return end > 0 && Long.parseLong(other.substring(0, end)) > openedAtMillis;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The name as claims have it. */
    @Override
    public String toString() {
        return text;
    }
}
