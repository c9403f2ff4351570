/** Write pauses. */
package io.sluice.ingress.pause;
