/** Its options. */
@NullMarked
package io.sluice.local.command;

import org.jspecify.annotations.NullMarked;
