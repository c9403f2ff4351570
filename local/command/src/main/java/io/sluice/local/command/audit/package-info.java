/** Whether usage, results and attempts come to the same money. */
@NullMarked
package io.sluice.local.command.audit;

import org.jspecify.annotations.NullMarked;
