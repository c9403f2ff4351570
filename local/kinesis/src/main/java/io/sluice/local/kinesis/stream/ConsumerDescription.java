package io.sluice.local.kinesis.stream;

/**
 * A registered consumer with enhanced fan-out.
 *
 * @param name unique within its stream
 * @param createdMillis when it was registered, epoch milliseconds
 */
public record ConsumerDescription(String name, long createdMillis) {}
