/** Tests of resharding. */
@NullMarked
package io.sluice.local.command.reshard;

import org.jspecify.annotations.NullMarked;
