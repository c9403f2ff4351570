/** Sealing the archive: a signed digest after each interval, and the newest as an anchor. */
@NullMarked
package io.sluice.sinks.seal;

import org.jspecify.annotations.NullMarked;
