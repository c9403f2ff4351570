package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ConsumerDescription;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Registration of consumers with enhanced fan-out; they are active at once. */
final class ConsumerOperations {
    private final StreamLookup lookup;
    private final ConsumerLookup consumers;
    private final Quotas quotas;
    private final Consumer<String> onDeregistered;

    /** The last argument is told the ARN of each consumer that is gone. */
    ConsumerOperations(StreamLookup lookup, Quotas quotas, Consumer<String> onDeregistered) {
        this.lookup = lookup;
        this.consumers = new ConsumerLookup(lookup);
        this.quotas = quotas;
        this.onDeregistered = onDeregistered;
    }

    void register(Map<String, Operation> operations) {
        operations.put("RegisterStreamConsumer", this::registerConsumer);
        operations.put("DeregisterStreamConsumer", (in, out) -> deregister(in));
        operations.put("DescribeStreamConsumer", this::describe);
        operations.put("ListStreamConsumers", this::list);
    }

    private Stream streamByArn(Input in) {
        return lookup.byName(StreamLookup.nameIn(in.requiredString("StreamARN")));
    }

    private void registerConsumer(Input in, Output out) {
        Stream stream = streamByArn(in);
        String name = StreamLookup.wellFormed(in.requiredString("ConsumerName"), "consumerName");
        long nowMillis = lookup.streams().environment().clock().millis();
        ConsumerDescription consumer = new ConsumerDescription(name, nowMillis);
        lookup.streams()
                .update(
                        stream,
                        description -> {
                            List<ConsumerDescription> all =
                                    new ArrayList<>(description.consumers());
                            if (all.stream().anyMatch(c -> c.name().equals(name))) {
                                throw ApiException.resourceInUse(
                                        "Consumer "
                                                + name
                                                + " of stream "
                                                + description.name()
                                                + " already exists.");
                            }
                            quotas.checkMoreConsumers(description);
                            all.add(consumer);
                            return description.withConsumers(all);
                        });
        out.object("Consumer", o -> write(o, stream, consumer));
    }

    private void deregister(Input in) {
        ConsumerLookup.Found found = consumers.find(in);
        lookup.streams()
                .update(
                        found.stream(),
                        description -> {
                            List<ConsumerDescription> rest =
                                    new ArrayList<>(description.consumers());
                            rest.remove(found.consumer());
                            return description.withConsumers(rest);
                        });
        onDeregistered.accept(arn(found.stream(), found.consumer()));
    }

    private void describe(Input in, Output out) {
        ConsumerLookup.Found found = consumers.find(in);
        String streamArn = lookup.account().streamArn(found.stream().description().name());
        out.object(
                "ConsumerDescription",
                o -> {
                    write(o, found.stream(), found.consumer());
                    o.string("StreamARN", streamArn);
                });
    }

    private void list(Input in, Output out) {
        Stream stream = streamByArn(in);
        String token = in.string("NextToken");
        int from = 0;
        if (token != null) {
            long[] values = Tokens.decode(token, Tokens.CONSUMER_PAGE, 2);
            if (values.length == 0 || values[0] != stream.description().id()) {
                throw ApiException.expiredNextToken();
            }
            from = (int) values[1];
        }
        List<ConsumerDescription> all = stream.description().consumers();
        int limit = in.integer("MaxResults", 100, 1, 10_000);
        int begin = Math.min(from, all.size());
        int end = (int) Math.min(all.size(), (long) begin + limit);
        out.objects("Consumers", all.subList(begin, end), (o, c) -> write(o, stream, c));
        if (end < all.size()) {
            out.string(
                    "NextToken",
                    Tokens.encode(Tokens.CONSUMER_PAGE, stream.description().id(), end));
        }
    }

    private void write(Output out, Stream stream, ConsumerDescription consumer) {
        out.string("ConsumerName", consumer.name());
        out.string("ConsumerARN", arn(stream, consumer));
        out.string("ConsumerStatus", "ACTIVE");
        out.timestamp("ConsumerCreationTimestamp", consumer.createdMillis());
    }

    private String arn(Stream stream, ConsumerDescription consumer) {
        return lookup.account()
                .consumerArn(
                        stream.description().name(), consumer.name(), consumer.createdMillis());
    }
}
