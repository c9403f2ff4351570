/** Result items: the final word on each request. */
@NullMarked
package io.sluice.sinks.result;

import org.jspecify.annotations.NullMarked;
