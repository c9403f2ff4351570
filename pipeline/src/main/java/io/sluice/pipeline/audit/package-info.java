/** The history of decisions: what is recorded of each transition, and how records are chained. */
@NullMarked
package io.sluice.pipeline.audit;

import org.jspecify.annotations.NullMarked;
