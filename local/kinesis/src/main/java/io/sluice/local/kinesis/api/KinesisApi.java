package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.Streams;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All operations by name. Thread-safe. */
public final class KinesisApi {
    private final Map<String, Operation> operations;
    private final StreamLookup lookup;
    private final ConsumerLookup consumers;

    /** The last argument is told the ARN of each consumer that was deregistered. */
    public KinesisApi(Streams streams, Account account, Consumer<String> onDeregistered) {
        this.lookup = new StreamLookup(streams, account);
        this.consumers = new ConsumerLookup(lookup);
        Quotas quotas = new Quotas(streams);
        Map<String, Operation> all = new TreeMap<>();
        new StreamOperations(lookup, quotas).register(all);
        new DescribeOperations(lookup, quotas).register(all);
        all.put("ListShards", new ListShardsOperation(lookup));
        new ReshardOperations(lookup, quotas).register(all);
        new PutOperations(lookup).register(all);
        new ReadOperations(lookup).register(all);
        new ConsumerOperations(lookup, quotas, onDeregistered).register(all);
        this.operations = Map.copyOf(all);
    }

    /** Whether there is an operation with this name and one answer. */
    public boolean knows(String operation) {
        return operations.containsKey(operation);
    }

    /**
     * Runs an operation: body in, body out. May wait for the disk.
     *
     * @throws ApiException an error of the API
     * @throws UncheckedIOException if the disk failed
     */
    public byte[] call(String operation, Protocol protocol, byte[] body) {
        Operation known = operations.get(operation);
        if (known == null) {
            throw ApiException.unknownOperation("There is no operation " + operation + ".");
        }
        Input in = protocol.read(body);
        return protocol.write(
                out -> {
                    try {
                        known.run(in, out);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Resolves a SubscribeToShard request. May wait for the disk. */
    public ShardFeed subscribe(Protocol protocol, byte[] body) throws IOException {
        Input in = protocol.read(body);
        String consumerArn = in.requiredString("ConsumerARN");
        ConsumerLookup.Found found = consumers.byArn(consumerArn);
        Shard shard = lookup.shard(found.stream(), in, "ShardId");
        Input position = in.object("StartingPosition");
        if (position == null) {
            throw ApiException.missing("startingPosition");
        }
        long ordinal =
                StartingPosition.ordinal(
                        found.stream(),
                        shard,
                        position.requiredString("Type"),
                        position.string("SequenceNumber"),
                        position.timestampMillis("Timestamp"),
                        lookup.streams().environment().clock().millis());
        return new ShardFeed(consumerArn, found.stream(), shard, protocol, ordinal);
    }
}
