/** Reading a stream through splits and merges of its shards without losing a key's order. */
@NullMarked
package io.sluice.pipeline.topology.shards;

import org.jspecify.annotations.NullMarked;
