/** Notes of {@code notebooks/}: which there are, and how one is run in a process of its own. */
@org.jspecify.annotations.NullMarked
package io.sluice.local.command.notebooks;
