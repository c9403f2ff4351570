package io.sluice.local.command.e2e;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What Sluice recorded of its attempts to call models.
 *
 * @param reaching attempts that may have reached a model: all but those that were throttled
 * @param ambiguous of these, the ones of which it does not know how they ended
 */
record Attempts(long reaching, long ambiguous) {
    private static final String TABLE = "sluice-attempts";

    /** From the ledger of attempts; empty when this build has none. */
    static Optional<Attempts> recorded(Ledger ledger) {
        return ledger.itemsOf(TABLE).map(Attempts::of);
    }

    /** What these items of the ledger's table say. */
    static Attempts of(List<Map<String, AttributeValue>> items) {
        return new Attempts(
                items.stream().filter(item -> !isThrottled(item)).count(),
                items.stream().filter(Attempts::isAmbiguous).count());
    }

    /** One that is claimed and not finished at rest is as unknown as one marked so. */
    private static boolean isAmbiguous(Map<String, AttributeValue> item) {
        AttributeValue marked = item.get("ambiguous");
        return !"finished".equals(item.get("state").s()) || (marked != null && marked.bool());
    }

    private static boolean isThrottled(Map<String, AttributeValue> item) {
        AttributeValue reason = item.get("reason");
        return !isAmbiguous(item) && reason != null && reason.s().equalsIgnoreCase("throttled");
    }
}
