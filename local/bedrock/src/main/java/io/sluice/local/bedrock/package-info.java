/**
 * A Bedrock runtime on one machine: Converse over HTTP/1.1 and h2c, with scripted latency and
 * faults.
 */
@NullMarked
package io.sluice.local.bedrock;

import org.jspecify.annotations.NullMarked;
