/** Limits as pure arithmetic over a tenant's history; time is an argument. */
@NullMarked
package io.sluice.pipeline.limit;

import org.jspecify.annotations.NullMarked;
