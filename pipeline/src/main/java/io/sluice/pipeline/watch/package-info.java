/** The Flink side of alerts: feeds what was seen to the rules, and counts what crossed. */
@NullMarked
package io.sluice.pipeline.watch;

import org.jspecify.annotations.NullMarked;
