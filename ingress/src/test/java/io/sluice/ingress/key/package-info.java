/** API keys. */
package io.sluice.ingress.key;
