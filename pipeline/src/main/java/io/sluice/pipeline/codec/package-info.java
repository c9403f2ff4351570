/** Versioned binary forms of what Flink keeps in state and sends between operators. */
@NullMarked
package io.sluice.pipeline.codec;

import org.jspecify.annotations.NullMarked;
