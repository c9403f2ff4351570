/** Reading of queries and of listings. */
package io.sluice.ingress.query;
