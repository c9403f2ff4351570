/** What is written stays readable. */
@NullMarked
package io.sluice.pipeline.codec;

import org.jspecify.annotations.NullMarked;
