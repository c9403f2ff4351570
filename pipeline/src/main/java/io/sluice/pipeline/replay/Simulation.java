package io.sluice.pipeline.replay;

import io.sluice.contract.PriceBook;
import io.sluice.contract.Usage;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.contract.policy.PolicyEntry;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.HashMap;
import java.util.Map;

/**
 * What a policy decides about the lines of a trace, taken in file order. Tenants do not touch each
 * other, so each has a log of its own; what is kept is what the engine keeps of each tenant, its
 * calls that have not ended, and its totals, but no line. Not thread-safe.
 */
public final class Simulation {
    private static final int POLICY_VERSION = 1;

    private final PolicyDocument policy;
    private final PriceBook prices;
    private final LogListener listener;
    private final Terms defaultTerms;
    private final Map<String, TenantSimulation> tenants = new HashMap<>();

    /** Under that policy, billed by that price book. */
    public Simulation(PolicyDocument policy, PriceBook prices) {
        this(policy, prices, LogListener.NONE);
    }

    Simulation(PolicyDocument policy, PriceBook prices, LogListener listener) {
        this.policy = policy;
        this.prices = prices;
        this.listener = listener;
        this.defaultTerms = terms("");
    }

    /**
     * Takes the next line of the trace.
     *
     * @param lineNumber its number, which no other line has
     * @throws BadTraceLineException if its model is not known or its cost cannot be told; then
     *     nothing has changed
     */
    public void add(TraceLine line, long lineNumber) throws BadTraceLineException {
        String model = policy.models().realId(line.model());
        if (!policy.models().knows(model, prices)) {
            throw new BadTraceLineException(
                    "model: seen '"
                            + line.model()
                            + "', expected an alias or a model that the policy or the price book"
                            + " lists");
        }
        TenantSimulation tenant = tenants.get(line.tenantId());
        Terms terms = tenant == null ? termsOf(line.tenantId()) : tenant.terms();
        long atMillis = tenant == null ? line.atMillis() : tenant.decidesAtMillis(line);
        try {
            terms.at(atMillis).checkCost(model, Usage.of(line.inputTokens(), line.outputTokens()));
        } catch (ArithmeticException e) {
            throw new BadTraceLineException(
                    "input_tokens, output_tokens: seen a call that costs more than 9,223,372 USD,"
                            + " expected less",
                    e);
        }
        if (tenant == null) {
            tenant = new TenantSimulation(terms, listener);
            tenants.put(line.tenantId(), tenant);
        }
        tenant.request(line, model, lineNumber);
    }

    /** Ends the calls that have not ended; gives what became of all requests. */
    public SimulationReport finish() {
        SimulationReport report = new SimulationReport();
        tenants.forEach(
                (id, tenant) -> {
                    tenant.finish();
                    report.add(id, tenant.books().totals(), tenant.books().minutePeak());
                });
        return report;
    }

    private Terms termsOf(String tenantId) {
        return policy.tenantIds().contains(tenantId) ? terms(tenantId) : defaultTerms;
    }

    private Terms terms(String tenantId) {
        ResolvedPolicy resolved =
                policy.policyOf(tenantId, null, PolicyEntry.NONE, prices.version(), POLICY_VERSION)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "a policy that was read has no tier "
                                                        + policy.tierOf(tenantId)));
        return new Terms(resolved, prices);
    }
}
