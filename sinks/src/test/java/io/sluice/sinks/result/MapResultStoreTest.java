package io.sluice.sinks.result;

/** The store that other tests use in place of a table keeps the contract. */
class MapResultStoreTest extends ResultStoreContract {
    private final ResultStore store = new MapResultStore();

    @Override
    ResultStore store() {
        return store;
    }
}
