package io.sluice.ingress.stream;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Bounds of the event writer, by {@code sluice.writer.*}. Kinesis takes 500 records and 5 MiB a
 * call (docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html, 2026-11-23).
 *
 * @param batchRecords records in one call
 * @param batchBytes bytes in one call
 * @param linger the longest time from one call to the next, as long as calls may be made at all
 * @param pausePerRecord how long a call holds back the next for each record that it carried, {@code
 *     linger} at most. With 3 ms, calls stay small below some 330 records a second and grow above
 * @param callsInFlight calls at a time
 * @param pendingRecords records that may wait for their acknowledgement
 * @param pendingBytes bytes that may wait for their acknowledgement
 * @param deadline how long a record is tried
 */
@ConfigurationProperties("sluice.writer")
public record WriterSettings(
        @Bindable(defaultValue = "500") int batchRecords,
        @Bindable(defaultValue = "4194304") int batchBytes,
        @Bindable(defaultValue = "20ms") Duration linger,
        @Bindable(defaultValue = "3ms") Duration pausePerRecord,
        @Bindable(defaultValue = "4") int callsInFlight,
        @Bindable(defaultValue = "10000") int pendingRecords,
        @Bindable(defaultValue = "67108864") long pendingBytes,
        @Bindable(defaultValue = "10s") Duration deadline) {}
