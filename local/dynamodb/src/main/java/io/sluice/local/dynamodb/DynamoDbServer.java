package io.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * DynamoDB Local behind Jetty on the loopback address, put together from its own parts; telemetry
 * is not among them.
 */
final class DynamoDbServer {

    /**
     * The name DynamoDB Local gives a shared database, so that its own runner can open the same
     * files.
     */
    private static final String DATABASE = "shared-local-instance.db";

    /** One thread runs all SQL; more threads than keep it busy only switch contexts. */
    private static final int HTTP_THREADS = 12;

    /**
     * Handlers block while a body arrives; without spare threads a dozen slow ones stop the server.
     */
    private static final int MOST_HTTP_THREADS = 256;

    private static final int SPARE_THREADS = 4;

    /** As in DynamoDB Local: builds of indexes and expiry of items. */
    private static final int JOB_THREADS = 10;

    private final Server http;
    private final SharedRequestHandler requests;
    private final int port;

    private DynamoDbServer(Server http, SharedRequestHandler requests, int port) {
        this.http = http;
        this.requests = requests;
        this.port = port;
    }

    /**
     * Starts a server and asks it a first question, so that it answers when this returns.
     *
     * @param port 0 for any free one
     * @throws Exception whatever Jetty or SQLite cannot do
     */
    static DynamoDbServer start(Path dataDir, int port) throws Exception {
        Files.createDirectories(dataDir);
        SQLiteLibraryLoader.initialize();
        JobsRegister jobs = new JobsRegister(Executors.newFixedThreadPool(JOB_THREADS), false);
        SharedRequestHandler requests =
                new SharedRequestHandler(
                        new LocalDBClient(new TunedDbAccess(dataDir.resolve(DATABASE)), jobs));
        requests.listTables("local", "local", new ListTablesRequest());
        QueuedThreadPool threads = new QueuedThreadPool(MOST_HTTP_THREADS, HTTP_THREADS);
        threads.setReservedThreads(SPARE_THREADS);
        Server http = new Server(threads);
        ServerConnector loopback =
                new ServerConnector(http, null, null, null, 1, 1, new HttpConnectionFactory());
        loopback.setHost("127.0.0.1");
        loopback.setPort(port);
        http.addConnector(loopback);
        http.setHandler(new LocalDynamoDBServerHandler(requests, null));
        http.start();
        return new DynamoDbServer(http, requests, loopback.getLocalPort());
    }

    int port() {
        return port;
    }

    /** Ends the connections and closes the database. */
    void stop() throws Exception {
        http.stop();
        requests.shutdown();
    }
}
