/** The engine against naive models, and its Flink shell under a harness. */
@NullMarked
package io.sluice.pipeline.enforce;

import org.jspecify.annotations.NullMarked;
