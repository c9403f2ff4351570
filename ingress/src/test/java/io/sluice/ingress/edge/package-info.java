/** What nodes remember. */
package io.sluice.ingress.edge;
