/** Splitting and merging the shards of the events stream while the system runs. */
@NullMarked
package io.sluice.local.command.reshard;

import org.jspecify.annotations.NullMarked;
