package io.sluice.sinks.relational;

import io.sluice.contract.ResultItem;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Results as rows of the mirror, which have nothing of their answers. No key, time or state; one
 * each, the same on replay.
 */
public final class MirrorResultFunction implements MapFunction<ResultItem, MirrorRow> {
    private static final long serialVersionUID = 1L;

    private final OwnDatabase<ResultItem> ownDatabase;

    /** Rows go to the database that the record's tenant has by this. */
    public MirrorResultFunction(OwnDatabase<ResultItem> ownDatabase) {
        this.ownDatabase = ownDatabase;
    }

    @Override
    public MirrorRow map(ResultItem item) {
        return MirrorRow.of(item, ownDatabase.isAskedFor(item));
    }
}
