package io.sluice.local.kinesis.api;

/**
 * The account and Region that the server poses as; they show up in ARNs and nowhere else.
 *
 * @param region {@code us-east-1} say
 * @param id twelve digits
 */
public record Account(String region, String id) {
    String streamArn(String streamName) {
        return "arn:aws:kinesis:" + region + ":" + id + ":stream/" + streamName;
    }

    String consumerArn(String streamName, String consumerName, long createdMillis) {
        return streamArn(streamName) + "/consumer/" + consumerName + ":" + createdMillis / 1000;
    }
}
