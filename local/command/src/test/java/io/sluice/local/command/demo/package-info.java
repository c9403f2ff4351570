/** Realistic traffic and what became of it. */
@NullMarked
package io.sluice.local.command.demo;

import org.jspecify.annotations.NullMarked;
