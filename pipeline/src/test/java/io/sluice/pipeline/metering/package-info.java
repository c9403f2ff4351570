/** The counting operator under a harness. */
@NullMarked
package io.sluice.pipeline.metering;

import org.jspecify.annotations.NullMarked;
