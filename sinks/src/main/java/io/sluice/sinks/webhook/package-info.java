/** Alerts to whoever is to hear of them: signed webhooks that wait in state until delivered. */
@NullMarked
package io.sluice.sinks.webhook;

import org.jspecify.annotations.NullMarked;
