/** Settings of the job, read once at start. */
@NullMarked
package io.sluice.pipeline.config;

import org.jspecify.annotations.NullMarked;
