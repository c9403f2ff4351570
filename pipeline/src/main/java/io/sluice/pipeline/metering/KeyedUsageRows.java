package io.sluice.pipeline.metering;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.state.StateAccess;
import io.sluice.pipeline.usage.LabelBook;
import io.sluice.pipeline.usage.UsageWindows;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's open usage windows in Flink's keyed state. Belongs to the task thread; the current key
 * is the tenant. State names are a promise to savepoints.
 */
final class KeyedUsageRows implements UsageWindows.Rows {
    private final MapState<UsageKey, UsageCounts> usage;
    private final ValueState<LabelBook> labelBook;

    KeyedUsageRows(RuntimeContext context) {
        usage =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "usage-windows", Types.USAGE_KEY, Types.USAGE_COUNTS));
        labelBook = context.getState(new ValueStateDescriptor<>("label-book", Types.LABEL_BOOK));
    }

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return StateAccess.call(() -> usage.get(key));
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        StateAccess.run(() -> usage.put(key, counts));
    }

    @Override
    public void removeUsage(UsageKey key) {
        StateAccess.run(() -> usage.remove(key));
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return StateAccess.copyOf(usage::keys);
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        LabelBook known = StateAccess.call(labelBook::value);
        return known == null ? new LabelBook(Granularity.DAY.windowStart(atMillis)) : known;
    }

    @Override
    public void saveLabelBook(LabelBook book) {
        StateAccess.run(() -> labelBook.update(book));
    }

    /** Whether no window is open and no label is known. */
    boolean isEmpty() {
        return Boolean.TRUE.equals(StateAccess.call(usage::isEmpty))
                && StateAccess.call(labelBook::value) == null;
    }

    /** Forgets the labels if the book's day is before that one. */
    void forgetLabelsBefore(long dayStartMillis) {
        StateAccess.run(
                () -> {
                    LabelBook known = labelBook.value();
                    if (known != null && known.dayStartMillis() < dayStartMillis) {
                        labelBook.clear();
                    }
                });
    }
}
