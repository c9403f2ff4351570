/**
 * Figures of the whole system, measured from outside over HTTP: start time, latencies, sustained
 * rate, memory, and the floors they are compared with.
 */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
