package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import java.util.List;

/** Policies of rising version, and what happens under them. */
record Schedule(List<EffectivePolicy> policies, List<Step> steps) {
    /** The policy that a decision was taken under. */
    EffectivePolicy policy(Decision decision) {
        return policies.get(decision.policyVersion() - 1);
    }

    /** The tenant's log of it. */
    List<LogRecord> log() {
        return script().log();
    }

    /** The log and how it came about. */
    Script script() {
        Script script = new Script(Facts.TENANT, policies);
        steps.forEach(script::add);
        return script;
    }

    /** The log of it as another tenant's. */
    List<LogRecord> logOf(String tenantId) {
        Script script = new Script(tenantId, policies);
        steps.forEach(script::add);
        return script.log();
    }
}
