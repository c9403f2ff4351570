/** Reading and awaiting results. */
package io.sluice.ingress.result;
