/** Speed of the engine, by itself and in its operator, beside what others use for the job. */
@NullMarked
package io.sluice.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
