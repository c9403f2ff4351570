package io.sluice.pipeline.watch;

import io.sluice.contract.Alert;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.TenantWatch;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.state.GatheringOperator;
import io.sluice.pipeline.state.StateAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tells what crosses a line in a tenant's log, once per crossing.
 *
 * <p><b>Key and time</b>: key = tenant. The arrival time in the observation decides. How long
 * observations are gathered before the state is read (half a second of processing time) changes
 * when an alert comes, never which.
 *
 * <p><b>State</b>: {@code tenant-watch}, what it takes to tell a crossing from what is above its
 * line already; freed 40 days after the tenant's last event, when its month, hours and minutes are
 * over and all in it counts for nothing.
 *
 * <p><b>Emits</b>: alerts, and samples of what was seen by {@link SideOutputs#METRICS}, before
 * every checkpoint.
 *
 * <p><b>On replay</b>: the same alerts with the same ids; samples add up again.
 */
public final class WatchTenantsOperator extends GatheringOperator<Observation, Alert> {
    private static final long serialVersionUID = 1;
    private static final Duration KEPT = Duration.ofDays(40);

    private final AlertRules rules;

    @SuppressWarnings("NullAway.Init")
    private transient Figures figures;

    @SuppressWarnings("NullAway.Init")
    private transient ValueState<TenantWatch> state;

    @SuppressWarnings("NullAway.Init")
    private transient Map<String, List<Observation>> gathered;

    private transient int count;

    /** An operator without state yet. */
    public WatchTenantsOperator(AlertRules rules) {
        this.rules = rules;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ValueStateDescriptor<TenantWatch> descriptor =
                new ValueStateDescriptor<>("tenant-watch", Types.TENANT_WATCH);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(KEPT).build());
        state = getRuntimeContext().getState(descriptor);
        figures = new Figures(rules);
        gathered = new LinkedHashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Observation> element) {
        Observation seen = element.getValue();
        figures.of(seen, sample -> output.collect(SideOutputs.METRICS, new StreamRecord<>(sample)));
        gathered.computeIfAbsent(seen.tenantId(), id -> new ArrayList<>()).add(seen);
        count++;
        if (count >= MOST_GATHERED) {
            flush();
        } else {
            flushSoon();
        }
    }

    @Override
    protected void flush() {
        gathered.forEach(
                (tenantId, observations) -> {
                    setCurrentKey(tenantId);
                    TenantWatch known = StateAccess.call(state::value);
                    TenantWatch watch = known == null ? new TenantWatch() : known;
                    for (Observation seen : observations) {
                        watch.observe(
                                seen, rules, alert -> output.collect(new StreamRecord<>(alert)));
                    }
                    StateAccess.run(() -> state.update(watch));
                });
        gathered.clear();
        count = 0;
    }
}
