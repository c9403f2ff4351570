@org.jspecify.annotations.NullMarked
package io.sluice.ingress.tokens;
