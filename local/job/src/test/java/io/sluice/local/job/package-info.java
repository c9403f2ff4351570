/**
 * The process that runs the pipeline's main class on an embedded Flink cluster, as the managed
 * service would.
 */
@NullMarked
package io.sluice.local.job;

import org.jspecify.annotations.NullMarked;
