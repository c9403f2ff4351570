/** What {@code sluice simulate} reads and shows. */
@NullMarked
package io.sluice.local.command.simulate;

import org.jspecify.annotations.NullMarked;
