package io.sluice.sinks.relational;

import io.sluice.contract.UsageItem;
import org.apache.flink.api.common.functions.MapFunction;

/** Usage rows as rows of the mirror. No key, time or state; one each, the same on replay. */
public final class MirrorUsageFunction implements MapFunction<UsageItem, MirrorRow> {
    private static final long serialVersionUID = 1L;

    private final OwnDatabase<UsageItem> ownDatabase;

    /** Rows go to the database that the record's tenant has by this. */
    public MirrorUsageFunction(OwnDatabase<UsageItem> ownDatabase) {
        this.ownDatabase = ownDatabase;
    }

    @Override
    public MirrorRow map(UsageItem item) {
        return MirrorRow.of(item, ownDatabase.isAskedFor(item));
    }
}
