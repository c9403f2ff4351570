/** The operators of alerts under a harness. */
@NullMarked
package io.sluice.pipeline.watch;

import org.jspecify.annotations.NullMarked;
