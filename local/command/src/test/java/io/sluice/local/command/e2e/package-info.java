/** Tests of the whole system through its outside, as a person has it. */
@NullMarked
package io.sluice.local.command.e2e;

import org.jspecify.annotations.NullMarked;
