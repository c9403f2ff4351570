package io.sluice.pipeline.metering;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.state.GatheringOperator;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts moves of usage into minute, hour and day rows: in memory first, into state and onwards
 * together.
 *
 * <p><b>Key and time</b>: key = tenant. A row's window is chosen by the time of admission in the
 * move, the row within it by when the move came. How long moves are gathered (half a second of
 * processing time) changes how often a row is given, never its counts.
 *
 * <p><b>State</b>: {@code usage-windows} (row → counts; cleared five minutes after the end of the
 * window, or of the day on which late moves of it came, at the tenant's next move) and {@code
 * label-book} (labels of the tenant's day and the one before; cleared when no move can ask for
 * them). One processing-time timer a day for each tenant with either only appends an {@code expire}
 * command to its log, which is the next move of a silent tenant.
 *
 * <p><b>Emits</b>: each row that moved, with absolute counts and the number of the last event in it
 * as version, before every checkpoint; commands by {@link SideOutputs#COMMANDS}.
 *
 * <p><b>On replay</b>: rows are given again with the same counts for the same version or higher.
 */
public final class CountUsageOperator extends GatheringOperator<UsageChange, UsageItem>
        implements Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1;

    /** How long after midnight at least, so that the command arrives after all windows closed. */
    private static final long AFTER_DAY_MILLIS = UsageWindows.LATENESS_MILLIS + 60_000;

    /** Over how long the commands after midnight are spread, and how often one is repeated. */
    private static final int HOUR_MILLIS = 3_600_000;

    @SuppressWarnings("NullAway.Init")
    private transient KeyedUsageRows rows;

    @SuppressWarnings("NullAway.Init")
    private transient Map<String, UsageBatch> batches;

    @SuppressWarnings("NullAway.Init")
    private transient Map<String, Long> swept;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<VoidNamespace> timers;

    @Override
    public void open() throws Exception {
        super.open();
        rows = new KeyedUsageRows(getRuntimeContext());
        timers = getInternalTimerService("close-usage", VoidNamespaceSerializer.INSTANCE, this);
        batches = new LinkedHashMap<>();
        swept = new Latest(MOST_GATHERED);
    }

    @Override
    public void processElement(StreamRecord<UsageChange> element) {
        UsageChange change = element.getValue();
        UsageBatch known = batches.get(change.tenantId());
        if (known == null && batches.size() >= MOST_GATHERED) {
            flush();
        }
        batches.computeIfAbsent(change.tenantId(), id -> new UsageBatch()).add(change);
        flushSoon();
    }

    @Override
    protected void flush() {
        batches.forEach(
                (tenantId, batch) -> {
                    setCurrentKey(tenantId);
                    batch.addTo(rows, tenantId, item -> output.collect(new StreamRecord<>(item)));
                    sweep(tenantId, batch.latestMillis());
                });
        batches.clear();
    }

    /** Clears closed windows once a minute of the stream's time. */
    private void sweep(String tenantId, long latestMillis) {
        long minute = Granularity.MINUTE.windowStart(latestMillis);
        Long before = swept.get(tenantId);
        if (before == null || minute > before) {
            swept.put(tenantId, minute);
            UsageWindows.close(rows, latestMillis);
            rows.forgetLabelsBefore(UsageWindows.oldestDay(latestMillis));
            if (!rows.isEmpty()) {
                watch(tenantId, latestMillis);
            }
        }
    }

    /** Sees to it that a timer comes after that day; in an hour if the job is behind its log. */
    private void watch(String tenantId, long atMillis) {
        long midnight = Granularity.DAY.windowStart(atMillis) + Granularity.DAY.lengthMillis();
        long spread = Math.floorMod(tenantId.hashCode(), HOUR_MILLIS);
        long due = midnight + AFTER_DAY_MILLIS + spread;
        long late = timers.currentProcessingTime() - due;
        timers.registerProcessingTimeTimer(
                VoidNamespace.INSTANCE,
                late < 0 ? due : due + (late / HOUR_MILLIS + 1) * HOUR_MILLIS);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        if (!rows.isEmpty()) {
            CommandEvent expire =
                    CommandEvent.builder()
                            .tenantId(timer.getKey())
                            .commandId("close-usage-" + timer.getKey() + '-' + timer.getTimestamp())
                            .name(Names.EXPIRE)
                            .build();
            output.collect(SideOutputs.COMMANDS, new StreamRecord<>(expire));
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {}

    /** When tenants were last swept; forgetting one costs one sweep more. */
    private static final class Latest extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1;

        private final int most;

        private Latest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > most;
        }
    }
}
