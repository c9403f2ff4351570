package io.sluice.local.notebooks.dynamodb;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * The connector {@code dynamodb-scan}: reads a whole DynamoDB table once. Columns are attributes of
 * the same name: {@code STRING}, {@code INT}, {@code BIGINT}, {@code DECIMAL}, {@code BOOLEAN}, and
 * {@code ROW} for a map. An attribute that an item lacks is null.
 *
 * <p>Options: {@code table}, {@code aws.region}, {@code aws.endpoint} (default: the Region's), and
 * {@code scan.segments}, how many parts are read at a time (1 to 1,000,000; 4). Credentials are
 * those of the SDK's default chain; {@code dynamodb:Scan} is needed.
 */
public final class DynamoDbScanFactory implements DynamicTableSourceFactory {
    private static final ConfigOption<String> TABLE =
            ConfigOptions.key("table").stringType().noDefaultValue();
    private static final ConfigOption<String> REGION =
            ConfigOptions.key("aws.region").stringType().noDefaultValue();
    private static final ConfigOption<String> ENDPOINT =
            ConfigOptions.key("aws.endpoint").stringType().noDefaultValue();
    private static final ConfigOption<Integer> SEGMENTS =
            ConfigOptions.key("scan.segments").intType().defaultValue(4);

    @Override
    public String factoryIdentifier() {
        return "dynamodb-scan";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(TABLE, REGION);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(ENDPOINT, SEGMENTS);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        DataType columns = context.getPhysicalRowDataType();
        AttributeValues.requireSupported(columns.getLogicalType());
        return new DynamoDbScanSource(
                new ScannedTable(
                        options.get(TABLE),
                        options.get(REGION),
                        options.getOptional(ENDPOINT).orElse(null),
                        options.get(SEGMENTS)),
                columns);
    }
}
