/** Sluice's own HTTP API, as a client sees it. */
@NullMarked
package io.sluice.local.command.api;

import org.jspecify.annotations.NullMarked;
