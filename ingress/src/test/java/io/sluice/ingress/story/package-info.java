/** Stories of requests. */
package io.sluice.ingress.story;
