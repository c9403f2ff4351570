package io.sluice.ingress.dashboard;

import io.sluice.ingress.job.JobHealthReader;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.tenant.TenantDirectory;
import io.sluice.ingress.tenant.TenantStore;
import io.sluice.ingress.usage.UsageStore;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumSet;

/** Makes the source of a view when somebody begins to look at it. */
@Singleton
final class Sources {
    private final UsageStore usage;
    private final ResultStore results;
    private final TenantStore tenants;
    private final TenantDirectory directory;
    private final JobHealthReader job;
    private final InstantSource time;

    Sources(
            UsageStore usage,
            ResultStore results,
            TenantStore tenants,
            TenantDirectory directory,
            JobHealthReader job,
            InstantSource time) {
        this.usage = usage;
        this.results = results;
        this.tenants = tenants;
        this.directory = directory;
        this.job = job;
        this.time = time;
    }

    ViewSource open(ViewKey key) {
        String id = key.tenantId();
        if (id == null) {
            Roster roster = new Roster(tenants, usage, results, EnumSet.of(key.range()));
            return new FleetSource(key.range(), roster, job, time);
        }
        TenantFeed feed =
                new TenantFeed(id, EnumSet.of(key.range(), TimeRange.MONTH), usage, results);
        return new TenantSource(key.range(), feed, () -> directory.tenant(id), time);
    }
}
