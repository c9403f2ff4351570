/** The ingress as a whole, over HTTP, against real wire protocols. */
package io.sluice.ingress;
