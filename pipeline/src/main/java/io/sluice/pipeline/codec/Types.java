package io.sluice.pipeline.codec;

import io.sluice.contract.Alert;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SessionItem;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.TenantWatch;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.Hold;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.pipeline.enforce.TenantCore;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.usage.LabelBook;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import io.sluice.sinks.relational.MirrorRow;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Flink's descriptions of everything that flows through the job or lies in its state. */
public final class Types {
    /** A record as the stream gave it. */
    public static final TypeInformation<StreamRecord> STREAM_RECORD =
            new VersionedTypeInfo<>(StreamRecord.class, new StreamRecordSerializer());

    /** An event with its place in the log. */
    public static final TypeInformation<LogRecord> LOG_RECORD =
            new VersionedTypeInfo<>(LogRecord.class, new LogRecordSerializer());

    /** A request to call the model for. */
    public static final TypeInformation<AdmittedRequest> ADMITTED_REQUEST =
            new VersionedTypeInfo<>(AdmittedRequest.class, new AdmittedRequestSerializer());

    /** What the invoker is to do about a request. */
    public static final TypeInformation<CallOrder> CALL_ORDER =
            new VersionedTypeInfo<>(CallOrder.class, new CallOrderSerializer());

    /** The end of a call. */
    public static final TypeInformation<OutcomeEvent> OUTCOME_EVENT =
            new VersionedTypeInfo<>(OutcomeEvent.class, new OutcomeEventSerializer());

    /** The end of a call, and what is to be looked at of it. */
    public static final TypeInformation<CallEnd> CALL_END =
            new VersionedTypeInfo<>(CallEnd.class, new CallEndSerializer());

    /** A final result. */
    public static final TypeInformation<ResultItem> RESULT_ITEM =
            new VersionedTypeInfo<>(ResultItem.class, new ResultItemSerializer());

    /** A usage row. */
    public static final TypeInformation<UsageItem> USAGE_ITEM =
            new VersionedTypeInfo<>(UsageItem.class, new UsageItemSerializer());

    /** A row on its way into the relational mirror. */
    public static final TypeInformation<MirrorRow> MIRROR_ROW =
            new VersionedTypeInfo<>(MirrorRow.class, new MirrorRowSerializer());

    /** A copy of a conversation. */
    public static final TypeInformation<SessionItem> SESSION_ITEM =
            new VersionedTypeInfo<>(SessionItem.class, new SessionItemSerializer());

    /** A record that could not be processed. */
    public static final TypeInformation<DeadLetter> DEAD_LETTER =
            new VersionedTypeInfo<>(DeadLetter.class, new DeadLetterSerializer());

    /** A value of a metric. */
    public static final TypeInformation<MetricSample> METRIC_SAMPLE =
            new VersionedTypeInfo<>(MetricSample.class, new MetricSampleSerializer());

    /** What an event came to. */
    public static final TypeInformation<Observation> OBSERVATION =
            new VersionedTypeInfo<>(Observation.class, new ObservationSerializer());

    /** That something crossed a line. */
    public static final TypeInformation<Alert> ALERT =
            new VersionedTypeInfo<>(Alert.class, new AlertSerializer());

    /** The record of a transition. */
    public static final TypeInformation<AuditRecord> AUDIT_RECORD =
            new VersionedTypeInfo<>(AuditRecord.class, new AuditRecordSerializer());

    /** A version of a policy. */
    public static final TypeInformation<EffectivePolicy> POLICY =
            new VersionedTypeInfo<>(EffectivePolicy.class, new PolicySerializer());

    /** State: what was seen of a tenant. */
    public static final TypeInformation<TenantWatch> TENANT_WATCH =
            new VersionedTypeInfo<>(TenantWatch.class, new TenantWatchSerializer());

    /** State: the core of a tenant. */
    public static final TypeInformation<TenantCore> TENANT_CORE =
            new VersionedTypeInfo<>(TenantCore.class, new TenantCoreSerializer());

    /** State: a hold. */
    public static final TypeInformation<Hold> HOLD =
            new VersionedTypeInfo<>(Hold.class, new HoldSerializer());

    /** State: what is known under a cache key. */
    public static final TypeInformation<CacheSlot> CACHE_SLOT =
            new VersionedTypeInfo<>(CacheSlot.class, new CacheSlotSerializer());

    /** State: a chunk of seen ids. */
    public static final TypeInformation<SeenChunk> SEEN_CHUNK =
            new VersionedTypeInfo<>(SeenChunk.class, new SeenChunkSerializer());

    /** State: a conversation. */
    public static final TypeInformation<Conversation> CONVERSATION =
            new VersionedTypeInfo<>(Conversation.class, new ConversationSerializer());

    /** A move of usage. */
    public static final TypeInformation<UsageChange> USAGE_CHANGE =
            new VersionedTypeInfo<>(UsageChange.class, new UsageChangeSerializer());

    /** A command. */
    public static final TypeInformation<CommandEvent> COMMAND_EVENT =
            new VersionedTypeInfo<>(CommandEvent.class, new CommandEventSerializer());

    /** State: the name of a usage row. */
    public static final TypeInformation<UsageKey> USAGE_KEY =
            new VersionedTypeInfo<>(UsageKey.class, new UsageKeySerializer());

    /** State: the counts of a usage row. */
    public static final TypeInformation<UsageCounts> USAGE_COUNTS =
            new VersionedTypeInfo<>(UsageCounts.class, new UsageCountsSerializer());

    /** State: the labels of a day. */
    public static final TypeInformation<LabelBook> LABEL_BOOK =
            new VersionedTypeInfo<>(LabelBook.class, new LabelBookSerializer());

    private Types() {}
}
