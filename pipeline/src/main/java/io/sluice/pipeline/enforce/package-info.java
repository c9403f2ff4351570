/**
 * The engine that takes every decision (pure), the state it asks for (a port), and the Flink
 * operator around both.
 */
@NullMarked
package io.sluice.pipeline.enforce;

import org.jspecify.annotations.NullMarked;
