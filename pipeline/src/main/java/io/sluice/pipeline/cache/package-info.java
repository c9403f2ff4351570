/** The response cache and the coalescing of identical calls, as values of the tenant's state. */
@NullMarked
package io.sluice.pipeline.cache;

import org.jspecify.annotations.NullMarked;
