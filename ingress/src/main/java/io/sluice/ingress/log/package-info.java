/** One log line for each request served. */
@NullMarked
package io.sluice.ingress.log;

import org.jspecify.annotations.NullMarked;
