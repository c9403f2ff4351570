/** Sealing, with every place at which it may be cut off. */
package io.sluice.sinks.seal;
