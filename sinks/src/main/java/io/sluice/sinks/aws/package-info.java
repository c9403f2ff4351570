/**
 * How the job reaches AWS: region, endpoint and the kinds of failure, for SDK clients and
 * connectors alike.
 */
@NullMarked
package io.sluice.sinks.aws;

import org.jspecify.annotations.NullMarked;
