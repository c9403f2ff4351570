package io.sluice.ingress.tokens;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts of several kinds, written for this test. */
final class Samples {
    static final Map<String, String> NATURAL = natural();
    static final Map<String, String> HOSTILE =
            Map.of(
                    "one letter", "a".repeat(4_000),
                    "spaces", " ".repeat(4_000),
                    "digits", "0123456789".repeat(400),
                    "emoji", "👩‍👩‍👧🌍🚀".repeat(100),
                    "Amharic", "ሰላም ለዓለም ሁሉ ይሁን ".repeat(50));

    private Samples() {}

    private static Map<String, String> natural() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(
                "English prose",
                "The gate stood open for most of the afternoon, and nobody could say afterwards who had"
                        + " left it that way. Water from the upper field had found its old course again, slow"
                        + " at first and then with some determination, until the lane below the mill was a"
                        + " shallow brown river carrying straw and apples. By the time the miller's daughter"
                        + " came back from town, her father was already standing in it to his knees, laughing.");
        texts.put(
                "technical English",
                "## Configuration\n\nSet `SLUICE_POLICY` to the path of a YAML file. The ingress validates"
                        + " it on startup and re-reads it every 500 ms; invalid documents are logged at ERROR and"
                        + " ignored.\n\n- **Idempotent** retries: send the same `Idempotency-Key`.\n- Throughput:"
                        + " approx. 60,000 decisions/s per core (RocksDB, exactly-once checkpointing).\n"
                        + "- See https://example.org/docs/v2/limits#tokens for asynchronous reconfiguration.\n");
        texts.put(
                "Java",
                "public final class SlidingLog {\n    private final long[] timestampsMillis;\n\n"
                        + "    /** Whether one more fits at that time. */\n"
                        + "    public boolean tryAcquire(long nowMillis, int permits) {\n"
                        + "        for (int i = 0; i < permits; i++) {\n"
                        + "            if (timestampsMillis[i] > nowMillis - WINDOW_MILLIS) {\n"
                        + "                return false;\n            }\n        }\n"
                        + "        return log.computeIfAbsent(tenantId, k -> new ArrayDeque<>()).offer(nowMillis);\n"
                        + "    }\n}\n");
        texts.put(
                "Python",
                "def settle(holds: dict[str, int], request_id: str, used: int) -> int:\n"
                        + "    \"\"\"Ends a hold once; a second end does nothing.\"\"\"\n"
                        + "    reserved = holds.pop(request_id, None)\n    if reserved is None:\n"
                        + "        return 0\n    return max(reserved - used, 0)\n\n\n"
                        + "if __name__ == '__main__':\n    print(settle({'req_1': 1024}, 'req_1', 77))\n");
        texts.put(
                "JSON",
                "{\"tenant_id\":\"acme\",\"tier\":\"business\",\"overrides\":{\"requests_per_minute\":250,"
                        + "\"cache\":{\"llm_ttl_seconds\":0.5}},\"policy_version\":7,\"suspended\":false,"
                        + "\"created_at\":\"2026-11-23T12:00:00Z\",\"labels\":[\"red\",\"blue\",null,true]}");
        texts.put(
                "SQL",
                "SELECT tenant_id, SUM(cost_usd) AS total FROM usage_windows WHERE window_start >="
                        + " '2026-11-01' AND model LIKE 'anthropic.%' GROUP BY tenant_id HAVING SUM(cost_usd) >"
                        + " 10.5 ORDER BY total DESC LIMIT 20;\n");
        texts.put(
                "log lines",
                "{\"timestamp\":\"2026-11-25T10:19:30.026Z\",\"level\":\"WARN\",\"duration_ms\":187}\n"
                        + "10.0.31.7 - - [25/Nov/2026:10:19:31 +0000] \"POST /v1/requests HTTP/1.1\" 429 512\n"
                        + "trace=0af7651916cd43dd8448eb211c80319c span=b7ad6b7169203331 id=01KADN8000ABCDEFGHJKMNPQRS\n");
        texts.put(
                "CSV of numbers",
                "id,amount,when\n1,19.99,2026-01-31\n2,1024.50,2026-02-28\n3,0.000123,2026-03-31\n"
                        + "40017,998877.66,2026-04-30\n");
        texts.put(
                "German",
                "Über den Dächern der Altstadt zogen die Mauersegler ihre Kreise, während unten auf dem"
                        + " Wochenmarkt die Händlerinnen ihre Stände abbauten. Donaudampfschifffahrtsgesellschaft,"
                        + " sagte der Junge langsam, und niemand widersprach ihm.");
        texts.put(
                "French",
                "L'été dernier, à la campagne, nous avions décidé de réparer nous-mêmes la vieille écluse;"
                        + " personne n'imaginait qu'il y faudrait tout le mois de septembre.");
        texts.put(
                "Russian",
                "Вечером мы вышли к реке и долго смотрели, как вода медленно уходит под старый мост,"
                        + " унося с собой листья и обрывки разговоров.");
        texts.put(
                "Greek",
                "Το πρωί η θάλασσα ήταν ήσυχη και τα καΐκια έμοιαζαν να κρέμονται στον αέρα.");
        texts.put(
                "Arabic",
                "كان الباب مفتوحا طوال اليوم ولم يعرف أحد من تركه هكذا حتى عاد الجميع من السوق.");
        texts.put("Hebrew", "השער עמד פתוח כל אחר הצהריים ואיש לא ידע לומר מי השאיר אותו כך.");
        texts.put(
                "Hindi",
                "दोपहर भर फाटक खुला रहा और बाद में कोई नहीं बता सका कि उसे किसने खुला छोड़ा था।");
        texts.put("Thai", "ประตูเปิดอยู่ตลอดบ่ายและไม่มีใครบอกได้ว่าใครเป็นคนเปิดทิ้งไว้");
        texts.put("Chinese", "闸门开了一整个下午，事后谁也说不清是谁没有关上它。上游的水慢慢找回了旧河道，直到磨坊下面的小路变成了一条浅浅的河。");
        texts.put("Japanese", "水門は午後のあいだずっと開いたままで、誰が閉め忘れたのか後になっても分からなかった。");
        texts.put("Korean", "수문은 오후 내내 열려 있었고, 나중에 누가 그렇게 두었는지 아무도 말하지 못했다.");
        texts.put(
                "chat with emoji",
                "omg 😂😂 that's sooo good!! can u send it 2 me pls 🙏 thx ❤️ — see u l8r :)");
        return texts;
    }
}
