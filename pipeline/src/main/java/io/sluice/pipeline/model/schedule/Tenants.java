package io.sluice.pipeline.model.schedule;

import java.util.HashMap;
import java.util.Map;

/** The tenants with calls in a scheduler, and their places in all turns. Not thread-safe. */
final class Tenants<C> {
    private final Map<String, TenantCalls<C>> tenants = new HashMap<>();

    /** The line of the tenant whose call that is; the newest bound and weight are in force. */
    TenantLine<C> lineOf(CallTerms terms, LaneState<C> lane) {
        TenantCalls<C> tenant = tenants.computeIfAbsent(terms.tenantId(), TenantCalls::new);
        tenant.maxConcurrent = terms.maxConcurrent();
        if (tenant.weight != terms.weight()) {
            tenant.weight = terms.weight();
            tenant.lines().forEach(line -> line.lane.room.weigh(line));
        }
        return tenant.lines.computeIfAbsent(terms.lane(), name -> new TenantLine<>(tenant, lane));
    }

    /** Something of that tenant has changed. */
    void refresh(TenantCalls<C> tenant, long nowMillis) {
        for (TenantLine<C> line : tenant.lines()) {
            for (TargetLine<C> target : line.targetLines()) {
                target.target.turns.update(target, tenant.mayStart(target), nowMillis);
            }
        }
        if (tenant.running == 0 && !tenant.isWaiting() && tenants.remove(tenant.id, tenant)) {
            for (TenantLine<C> line : tenant.lines()) {
                line.targetLines().forEach(target -> target.target.turns.close(target));
            }
        }
    }
}
