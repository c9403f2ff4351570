/** The rules that hold for the module as a whole. */
@NullMarked
package io.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
