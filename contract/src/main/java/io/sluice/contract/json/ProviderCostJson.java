package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/**
 * JSON of what the provider is paid beside what the tenant pays. It is left out where both are the
 * same, which they are unless a call was made more than once; the estimate is left out where there
 * is none.
 */
final class ProviderCostJson {
    private static final String EXACT = "provider_cost_pico_usd";
    private static final String ESTIMATED = "estimated_cost_pico_usd";

    private ProviderCostJson() {}

    static void write(ObjectNode node, long cost, long exact, long estimated) {
        if (exact != cost) {
            node.put(EXACT, exact);
        }
        if (estimated != 0) {
            node.put(ESTIMATED, estimated);
        }
    }

    static void write(ObjectNode node, BigInteger cost, BigInteger exact, BigInteger estimated) {
        if (!exact.equals(cost)) {
            node.put(EXACT, exact);
        }
        if (estimated.signum() != 0) {
            node.put(ESTIMATED, estimated);
        }
    }

    static BigInteger exactSum(Fields fields) {
        return notNegative(EXACT, fields.integer(EXACT, fields.integer("cost_pico_usd")));
    }

    static BigInteger estimatedSum(Fields fields) {
        return notNegative(ESTIMATED, fields.integer(ESTIMATED, BigInteger.ZERO));
    }

    static long exact(Fields fields) {
        return notNegative(
                        EXACT,
                        BigInteger.valueOf(fields.number(EXACT, fields.number("cost_pico_usd"))))
                .longValueExact();
    }

    static long estimated(Fields fields) {
        return notNegative(ESTIMATED, BigInteger.valueOf(fields.number(ESTIMATED, 0)))
                .longValueExact();
    }

    /** A provider gives no money back. */
    private static BigInteger notNegative(String name, BigInteger picoUsd) {
        if (picoUsd.signum() < 0) {
            throw new MalformedJsonException(name + ": seen " + picoUsd + ", expected 0 or more");
        }
        return picoUsd;
    }
}
