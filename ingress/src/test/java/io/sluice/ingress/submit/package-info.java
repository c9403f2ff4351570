/** Taking a request in. */
package io.sluice.ingress.submit;
