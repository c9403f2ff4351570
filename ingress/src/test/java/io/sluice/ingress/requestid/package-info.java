/** Request ids. */
package io.sluice.ingress.requestid;
