/** History folded through the engine again, from the archive alone, as a bounded Flink job. */
@NullMarked
package io.sluice.local.replay;

import org.jspecify.annotations.NullMarked;
