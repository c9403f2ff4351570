/**
 * The shapes of the HTTP API as its description shows them. Nothing here runs: bodies are read and
 * written as trees, and a test holds both against each other.
 */
@NullMarked
package io.sluice.ingress.api;

import org.jspecify.annotations.NullMarked;
