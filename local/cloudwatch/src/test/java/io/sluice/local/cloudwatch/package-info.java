/** The server as the unmodified SDK sees it, the other wire forms, and the rules. */
@NullMarked
package io.sluice.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
