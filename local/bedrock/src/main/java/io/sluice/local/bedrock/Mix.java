package io.sluice.local.bedrock;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Effects by probability: the seed and the number of a call alone decide what becomes of it, so the
 * same seed gives the same row of effects, whatever the timing.
 *
 * @param seed chooses the row
 * @param rates share of calls by effect, each from 0 to 1; not {@link Effect#ANSWER}, which gets
 *     what is left, nor {@link Effect#FAIL}, whose faults have rates of their own
 * @param errors share of calls answered with a fault after the latency
 */
public record Mix(long seed, Map<Effect, Double> rates, Map<Fault, Double> errors) {

    /** Every call is answered. */
    public static final Mix NONE = new Mix(0, Map.of(), Map.of());

    private static final double UNIT = 0x1.0p-53;

    public Mix {
        // Sorted, so that the order of the shares never depends on how the document was read.
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
        double sum =
                rates.values().stream().mapToDouble(Double::doubleValue).sum()
                        + errors.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException(
                    "the rates of mix sum to " + sum + ", expected at most 1");
        }
    }

    /** What happens to the {@code ordinal}-th call, from 1. */
    Ending endingOf(long ordinal) {
        double left = (Hash.mix(Hash.mix(seed) + ordinal) >>> 11) * UNIT;
        for (Map.Entry<Effect, Double> share : rates.entrySet()) {
            left -= share.getValue();
            if (left < 0) {
                return Ending.of(share.getKey());
            }
        }
        for (Map.Entry<Fault, Double> share : errors.entrySet()) {
            left -= share.getValue();
            if (left < 0) {
                return Ending.failing(share.getKey());
            }
        }
        return Ending.ANSWER;
    }

    boolean isNone() {
        return rates.isEmpty() && errors.isEmpty();
    }
}
