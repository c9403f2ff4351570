package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.wire.ApiException;
import org.jspecify.annotations.Nullable;

/** Decides which records fail although nothing is wrong with them. */
public interface PutFaults {
    /** The error of the next record, null to store it. Called once per record, in request order. */
    @Nullable ApiException next();
}
