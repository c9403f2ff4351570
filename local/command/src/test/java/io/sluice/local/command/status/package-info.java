/** What runs, how far behind it is, and its last checkpoint. */
@NullMarked
package io.sluice.local.command.status;

import org.jspecify.annotations.NullMarked;
