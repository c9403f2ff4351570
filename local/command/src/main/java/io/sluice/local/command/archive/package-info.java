/** The archive of decisions: what a check of it shows, and one request's story. */
@NullMarked
package io.sluice.local.command.archive;

import org.jspecify.annotations.NullMarked;
