package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of objects does. */
abstract class ObjectStoreContract {
    static final int MOST = 1 << 24;

    private ObjectStore store;

    /** A store with nothing in it. */
    abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @Test
    void whatWasPutIsGotByteByByte() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        store.putIfAbsent("acme/req_1/prompt-a", bytes).join();
        assertThat(store.get("acme/req_1/prompt-a", MOST).join()).hasValue(bytes);
    }

    @Test
    void aMissingObjectIsEmptyAndNoFailure() {
        assertThat(store.get("acme/req_1/prompt-none", MOST).join()).isEmpty();
        store.delete("acme/req_1/prompt-none").join();
    }

    @Test
    void noMoreThanAskedForComesBack() {
        store.putIfAbsent("acme/req_1/prompt-a", text("0123456789")).join();
        assertThat(store.get("acme/req_1/prompt-a", 4).join()).hasValue(text("0123"));
    }

    @Test
    void puttingAgainAndAtTheSameTimeIsHarmless() {
        byte[] bytes = text("the same");
        List<CompletableFuture<Void>> puts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            puts.add(store.putIfAbsent("acme/req_1/answer-a", bytes));
        }
        puts.forEach(CompletableFuture::join);
        assertThat(store.get("acme/req_1/answer-a", MOST).join()).hasValue(bytes);
        assertThat(keys(null, 10)).containsExactly("acme/req_1/answer-a");
    }

    @Test
    void pagesTogetherShowEveryObjectOnce() {
        List<String> put = new ArrayList<>();
        for (String tenant : List.of("a", "a-b", "a_b", "ab", "b")) {
            for (String request : List.of("req_1", "req_1x", "req_2")) {
                for (String object : List.of("answer-0", "prompt-0")) {
                    String key = tenant + '/' + request + '/' + object;
                    store.putIfAbsent(key, text(key)).join();
                    put.add(key);
                }
            }
        }
        for (int limit : new int[] {1, 4, 7, 100}) {
            List<String> seen = new ArrayList<>();
            List<String> page = keys(null, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                seen.addAll(page);
                page = keys(seen.get(seen.size() - 1), limit);
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(put);
        }
    }

    @Test
    void aListingGoesOnBehindAnObjectThatIsGone() {
        for (int i = 0; i < 5; i++) {
            store.putIfAbsent("acme/req_" + i + "/prompt-a", text("x")).join();
        }
        store.delete("acme/req_2/prompt-a").join();
        assertThat(keys("acme/req_2/prompt-a", 10))
                .containsExactly("acme/req_3/prompt-a", "acme/req_4/prompt-a");
        assertThat(store.get("acme/req_2/prompt-a", MOST).join()).isEmpty();
        assertThat(store.get("acme/req_3/prompt-a", MOST).join()).isPresent();
    }

    @Test
    void aDeletedObjectMayComeAgain() {
        store.putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        store.delete("acme/req_1/prompt-a").join();
        store.putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        assertThat(store.get("acme/req_1/prompt-a", MOST).join()).hasValue(text("x"));
    }

    final ObjectStore store() {
        return store;
    }

    final List<String> keys(String after, int limit) {
        return store.list(after, limit).join().stream().map(ObjectStore.Entry::key).toList();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
