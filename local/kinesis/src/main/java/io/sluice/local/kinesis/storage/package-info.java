/**
 * Records on disk: append-only segment files per shard, the metadata file and the directory lock.
 */
@NullMarked
package io.sluice.local.kinesis.storage;

import org.jspecify.annotations.NullMarked;
