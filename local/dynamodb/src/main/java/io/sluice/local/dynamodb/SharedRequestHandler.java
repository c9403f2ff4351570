package io.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBStreams;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.model.BatchExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.BatchExecuteStatementResult;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemResult;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemResult;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.CreateTableResult;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemResult;
import com.amazonaws.services.dynamodbv2.model.DeleteTableRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteTableResult;
import com.amazonaws.services.dynamodbv2.model.DescribeLimitsRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeLimitsResult;
import com.amazonaws.services.dynamodbv2.model.DescribeStreamRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeStreamResult;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTableResult;
import com.amazonaws.services.dynamodbv2.model.DescribeTimeToLiveRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTimeToLiveResult;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementResult;
import com.amazonaws.services.dynamodbv2.model.ExecuteTransactionRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteTransactionResult;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemResult;
import com.amazonaws.services.dynamodbv2.model.GetRecordsRequest;
import com.amazonaws.services.dynamodbv2.model.GetRecordsResult;
import com.amazonaws.services.dynamodbv2.model.GetShardIteratorRequest;
import com.amazonaws.services.dynamodbv2.model.GetShardIteratorResult;
import com.amazonaws.services.dynamodbv2.model.ListStreamsRequest;
import com.amazonaws.services.dynamodbv2.model.ListStreamsResult;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.amazonaws.services.dynamodbv2.model.ListTablesResult;
import com.amazonaws.services.dynamodbv2.model.ListTagsOfResourceRequest;
import com.amazonaws.services.dynamodbv2.model.ListTagsOfResourceResult;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.PutItemResult;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.QueryResult;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.ScanResult;
import com.amazonaws.services.dynamodbv2.model.TagResourceRequest;
import com.amazonaws.services.dynamodbv2.model.TagResourceResult;
import com.amazonaws.services.dynamodbv2.model.TransactGetItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactGetItemsResult;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsResult;
import com.amazonaws.services.dynamodbv2.model.UntagResourceRequest;
import com.amazonaws.services.dynamodbv2.model.UntagResourceResult;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemResult;
import com.amazonaws.services.dynamodbv2.model.UpdateTableRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateTableResult;
import com.amazonaws.services.dynamodbv2.model.UpdateTimeToLiveRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateTimeToLiveResult;

/**
 * Hands every operation to one database, whatever the caller's credentials and Region are (what
 * {@code -sharedDb} does). DynamoDB Local's own handler opens its database itself, which leaves no
 * place for the settings of {@link TunedDbAccess}.
 */
final class SharedRequestHandler extends DynamoDBRequestHandler {

    private static final int NO_AUTHORITY_LEVEL = 0;

    private final LocalDBClient client;
    private final AmazonDynamoDB tables;
    private final AmazonDynamoDBStreams streams;

    SharedRequestHandler(LocalDBClient client) {
        super(NO_AUTHORITY_LEVEL);
        this.client = client;
        this.tables = client.amazonDynamoDB();
        this.streams = client.amazonDynamoDBStreams();
    }

    @Override
    public void shutdown() {
        client.shutdown();
    }

    @Override
    public BatchGetItemResult batchGetItem(
            String accessKey, String region, BatchGetItemRequest request) {
        return tables.batchGetItem(request);
    }

    @Override
    public BatchWriteItemResult batchWriteItem(
            String accessKey, String region, BatchWriteItemRequest request) {
        return tables.batchWriteItem(request);
    }

    @Override
    public TransactWriteItemsResult transactWriteItems(
            String accessKey, String region, TransactWriteItemsRequest request) {
        return tables.transactWriteItems(request);
    }

    @Override
    public TransactGetItemsResult transactGetItems(
            String accessKey, String region, TransactGetItemsRequest request) {
        return tables.transactGetItems(request);
    }

    @Override
    public CreateTableResult createTable(
            String accessKey, String region, CreateTableRequest request) {
        return tables.createTable(request);
    }

    @Override
    public DeleteItemResult deleteItem(String accessKey, String region, DeleteItemRequest request) {
        return tables.deleteItem(request);
    }

    @Override
    public DeleteTableResult deleteTable(
            String accessKey, String region, DeleteTableRequest request) {
        return tables.deleteTable(request);
    }

    @Override
    public DescribeStreamResult describeStream(
            String accessKey, String region, DescribeStreamRequest request) {
        return streams.describeStream(request);
    }

    @Override
    public DescribeTableResult describeTable(
            String accessKey, String region, DescribeTableRequest request) {
        return tables.describeTable(request);
    }

    @Override
    public DescribeTimeToLiveResult describeTimeToLive(
            String accessKey, String region, DescribeTimeToLiveRequest request) {
        return tables.describeTimeToLive(request);
    }

    @Override
    public DescribeLimitsResult describeLimits(
            String accessKey, String region, DescribeLimitsRequest request) {
        return tables.describeLimits(request);
    }

    @Override
    public GetItemResult getItem(String accessKey, String region, GetItemRequest request) {
        return tables.getItem(request);
    }

    @Override
    public GetRecordsResult getRecords(String accessKey, String region, GetRecordsRequest request) {
        return streams.getRecords(request);
    }

    @Override
    public GetShardIteratorResult getShardIterator(
            String accessKey, String region, GetShardIteratorRequest request) {
        return streams.getShardIterator(request);
    }

    @Override
    public ListStreamsResult listStreams(
            String accessKey, String region, ListStreamsRequest request) {
        return streams.listStreams(request);
    }

    @Override
    public ListTablesResult listTables(String accessKey, String region, ListTablesRequest request) {
        return tables.listTables(request);
    }

    @Override
    public ListTagsOfResourceResult listTagsOfResource(
            String accessKey, String region, ListTagsOfResourceRequest request) {
        return tables.listTagsOfResource(request);
    }

    @Override
    public PutItemResult putItem(String accessKey, String region, PutItemRequest request) {
        return tables.putItem(request);
    }

    @Override
    public QueryResult query(String accessKey, String region, QueryRequest request) {
        return tables.query(request);
    }

    @Override
    public ScanResult scan(String accessKey, String region, ScanRequest request) {
        return tables.scan(request);
    }

    @Override
    public TagResourceResult tagResource(
            String accessKey, String region, TagResourceRequest request) {
        return tables.tagResource(request);
    }

    @Override
    public UntagResourceResult untagResource(
            String accessKey, String region, UntagResourceRequest request) {
        return tables.untagResource(request);
    }

    @Override
    public UpdateItemResult updateItem(String accessKey, String region, UpdateItemRequest request) {
        return tables.updateItem(request);
    }

    @Override
    public UpdateTableResult updateTable(
            String accessKey, String region, UpdateTableRequest request) {
        return tables.updateTable(request);
    }

    @Override
    public UpdateTimeToLiveResult updateTimeToLive(
            String accessKey, String region, UpdateTimeToLiveRequest request) {
        return tables.updateTimeToLive(request);
    }

    @Override
    public ExecuteStatementResult executeStatement(
            String accessKey, String region, ExecuteStatementRequest request) {
        return tables.executeStatement(request);
    }

    @Override
    public BatchExecuteStatementResult batchExecuteStatement(
            String accessKey, String region, BatchExecuteStatementRequest request) {
        return tables.batchExecuteStatement(request);
    }

    @Override
    public ExecuteTransactionResult executeTransaction(
            String accessKey, String region, ExecuteTransactionRequest request) {
        return tables.executeTransaction(request);
    }
}
