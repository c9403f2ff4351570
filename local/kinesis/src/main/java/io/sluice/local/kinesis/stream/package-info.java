/** Streams, shards and consumers, and the rules of routing, limits, resharding and retention. */
@NullMarked
package io.sluice.local.kinesis.stream;

import org.jspecify.annotations.NullMarked;
