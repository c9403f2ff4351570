package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.io.IOException;

/** One operation of the API with one answer. Thread-safe. */
public interface Operation {
    /**
     * Reads the request and writes the fields of the answer.
     *
     * @throws ApiException an error of the API; what was written is dropped
     * @throws IOException if the disk failed
     */
    void run(Input in, Output out) throws IOException;
}
