/** What CloudWatch is to show of the job and when it is to call somebody. */
@NullMarked
package io.sluice.local.command.cloudwatch;

import org.jspecify.annotations.NullMarked;
