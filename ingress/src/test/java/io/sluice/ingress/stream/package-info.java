/** Appending to the stream. */
package io.sluice.ingress.stream;
