/** The job's entry point. */
@NullMarked
package io.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
