/** What unmodified clients see of the embedded Kinesis. */
@NullMarked
package io.sluice.local.kinesis;

import org.jspecify.annotations.NullMarked;
