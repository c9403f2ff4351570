/** The files of a shard. */
@NullMarked
package io.sluice.local.kinesis.storage;

import org.jspecify.annotations.NullMarked;
