/**
 * An embedded Kinesis Data Streams that speaks the service's wire protocol to unmodified AWS
 * clients and keeps its records on disk.
 */
@NullMarked
package io.sluice.local.kinesis;

import org.jspecify.annotations.NullMarked;
