/** The operator as it was before it recorded its transitions, to be measured beside it. */
@NullMarked
package io.sluice.pipeline.enforce;

import org.jspecify.annotations.NullMarked;
