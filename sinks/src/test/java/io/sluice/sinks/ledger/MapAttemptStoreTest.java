package io.sluice.sinks.ledger;

/** The store that other tests use in place of a table keeps the contract. */
class MapAttemptStoreTest extends AttemptStoreContract {
    private final AttemptStore store = new MapAttemptStore();

    @Override
    AttemptStore store() {
        return store;
    }
}
