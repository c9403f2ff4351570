/** Child processes: how they are started, watched, restarted and stopped. */
@NullMarked
package io.sluice.local.command.process;

import org.jspecify.annotations.NullMarked;
