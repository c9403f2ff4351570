/** The server as the unmodified SDK sees it, and its rules. */
@NullMarked
package io.sluice.local.bedrock;

import org.jspecify.annotations.NullMarked;
