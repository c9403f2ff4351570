/** The Flink side of usage: counts its moves into rows. */
@NullMarked
package io.sluice.pipeline.metering;

import org.jspecify.annotations.NullMarked;
