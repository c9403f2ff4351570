/** Conversations at their bounds. */
@NullMarked
package io.sluice.pipeline.session;

import org.jspecify.annotations.NullMarked;
