package io.sluice.pipeline.replay;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.contract.policy.PolicyDocument;

/** A trace being simulated, for tests: one tenant, round prices. */
final class Trace {
    /** A Tuesday at noon UTC, epoch milliseconds. */
    static final long NOON = 1_790_078_400_000L;

    static final String TENANT = "acme";

    /** 10^6 and 2 * 10^6 pico-USD a token; writing the provider's cache costs 100 times that. */
    static final String SMALL = "test.small";

    /**
     * 10 and 20 * 10^6 pico-USD a token up to 100 input tokens, above that twice as much for all.
     */
    static final String BIG = "test.big";

    /** 10^6 pico-USD an input token, three times that from a second after noon. */
    static final String DATED = "test.dated";

    static final PriceBook PRICES =
            PriceBookJson.read(
                    Json.parse(
                            """
                            {"version": "test", "prices": [
                              {"model": "test.small", "scopes": ["base"],
                               "input": "1", "output": "2", "cache_write_5m": "100"},
                              {"model": "test.big", "scopes": ["base"],
                               "input": "10", "output": "20", "long_context": [
                                {"above_input_tokens": 100, "input": "20", "output": "40"}]},
                              {"model": "test.dated", "scopes": ["base"],
                               "input": "1", "output": "1"},
                              {"model": "test.dated", "scopes": ["base"],
                               "from": "2026-09-22T12:00:01Z", "input": "3", "output": "1"}]}
                            """));

    private final Simulation simulation;
    private long lines;

    private Trace(PolicyDocument policy) {
        this.simulation = new Simulation(policy, PRICES);
    }

    /** Under a policy in which every tenant has these limits, written as a flow mapping. */
    static Trace under(String limits) {
        return underPolicy("default_tier: test\ntiers:\n  test: " + limits + "\n");
    }

    static Trace underPolicy(String yaml) {
        return new Trace(PolicyDocument.read(yaml, PRICES));
    }

    /** A call of no tokens that ends when it begins. */
    static TraceLine.Builder call(long atMillis) {
        return TraceLine.builder().atMillis(NOON + atMillis).tenantId(TENANT).model(SMALL);
    }

    Trace add(TraceLine.Builder... calls) throws BadTraceLineException {
        for (TraceLine.Builder call : calls) {
            simulation.add(call.build(), ++lines);
        }
        return this;
    }

    SimulationReport finish() {
        return simulation.finish();
    }

    /** What became of them all. */
    Totals totals() {
        return simulation.finish().overall();
    }
}
