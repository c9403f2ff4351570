package io.sluice.sinks.relational;

import org.postgresql.ds.PGSimpleDataSource;

/** How PostgreSQL is connected to. */
final class MirrorSource {
    static final int CONNECT_SECONDS = 5;

    private static final int ANSWER_SECONDS = 30;

    private MirrorSource() {}

    /** Connections to the shared database, unless another name is set. */
    static PGSimpleDataSource of(MirrorSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName("sluice-mirror");
        source.setConnectTimeout(CONNECT_SECONDS);
        if (source.getSocketTimeout() == 0) {
            source.setSocketTimeout(ANSWER_SECONDS);
        }
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        // Details of errors quote values of rows.
        source.setLogServerErrorDetail(false);
        return source;
    }
}
