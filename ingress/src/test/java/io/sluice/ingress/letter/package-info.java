/** Dead letters. */
package io.sluice.ingress.letter;
