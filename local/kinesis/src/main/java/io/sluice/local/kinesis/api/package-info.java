/** The Kinesis operations: input checks, calls on streams, output shapes. */
@NullMarked
package io.sluice.local.kinesis.api;

import org.jspecify.annotations.NullMarked;
