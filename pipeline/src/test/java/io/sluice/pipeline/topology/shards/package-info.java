/** Tests of reading a stream through splits and merges. */
@NullMarked
package io.sluice.pipeline.topology.shards;

import org.jspecify.annotations.NullMarked;
