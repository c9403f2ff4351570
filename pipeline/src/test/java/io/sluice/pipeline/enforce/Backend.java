package io.sluice.pipeline.enforce;

import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Where keyed state lies. */
enum Backend {
    /** On disk, as in production: every read decodes, every write encodes. */
    ROCKSDB,
    /** On the heap: reads give the live object. */
    HEAP;

    StateBackend create() {
        return this == ROCKSDB ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    }
}
