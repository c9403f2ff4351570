/**
 * Checks an archive against itself and against what was signed: its files, the chains of its
 * records and its digests. Needs nothing but the folder and a public key.
 */
@NullMarked
package io.sluice.sinks.verify;

import org.jspecify.annotations.NullMarked;
