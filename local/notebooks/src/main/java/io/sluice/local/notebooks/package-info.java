/** Notes in Flink SQL: how they are read, and how one runs on one machine until it is complete. */
@NullMarked
package io.sluice.local.notebooks;

import org.jspecify.annotations.NullMarked;
