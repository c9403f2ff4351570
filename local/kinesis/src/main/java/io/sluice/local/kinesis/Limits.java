package io.sluice.local.kinesis;

/** Whether throughput and account limits are those of the service. */
public enum Limits {
    /**
     * Per shard 1 MiB/s and 1,000 records/s in, 5 GetRecords calls/s and 2 MiB/s out; per account
     * and stream the default quotas
     * (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html, 2026-11).
     */
    AWS,
    /** No throttling and no quotas; the sizes of a request and its records stay limited. */
    UNLIMITED
}
