package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingress.tenant.Policies;
import io.sluice.ingress.tenant.PoliciesOf;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {
    private static final String LEAST =
            "\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private final Policies policies = PoliciesOf.shipped();
    private final SubmissionReader reader = new SubmissionReader(policies);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // how a document is written does not matter
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]}|{ 'messages':[{'content':'Hi','role':'user'}],'model':'m' }",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]}|{'model':'m','messages':[{'role':'user','content':[{'text':'Hi'}]}]}",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]}|{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'H\\u0069'}]}]}",
                // numbers count by value
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0.7}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':7.0e-1}",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0.000}",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':100}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':1e2}",
                // defaults count as given, empty lists as absent
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':1024,'stop':[],'tools':[]}",
                // what does not reach the model does not matter
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'priority':'high','deadline_ms':5,'endpoint':'e','agent_id':'a','task':'t','session':'s','user_id':'u','cache':'bypass','metadata':{'a':'b'}}",
                // keys of tools in any order
                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'tools':[{'name':'t','input_schema':{'a':1,'b':2.0}}]}|{'model':'m','messages':[{'role':'user','content':'Hi'}],'tools':[{'input_schema':{'b':2,'a':1},'name':'t','description':null}]}"
            })
    void sameMeaningHasTheSameHashAndPayload(String one, String other) {
        assertThat(prompt(one).hash()).isEqualTo(prompt(other).hash());
        assertThat(prompt(one).payload()).isEqualTo(prompt(other).payload());
    }

    @Test
    void everyParameterThatAffectsTheOutputChangesTheHash() {
        List<String> bodies =
                List.of(
                        "{" + LEAST + "}",
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi \"}]}",
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"H\"},{\"text\":\"i\"}]}]}",
                        "{" + LEAST + ",\"system\":\"s\"}",
                        "{" + LEAST + ",\"max_tokens\":1}",
                        "{" + LEAST + ",\"temperature\":0}",
                        "{" + LEAST + ",\"temperature\":1}",
                        "{" + LEAST + ",\"top_p\":1}",
                        "{" + LEAST + ",\"stop\":[\"a\",\"b\"]}",
                        "{" + LEAST + ",\"stop\":[\"b\",\"a\"]}",
                        "{" + LEAST + ",\"tools\":[{\"name\":\"t\",\"input_schema\":{}}]}",
                        "{"
                                + LEAST
                                + ",\"tools\":[{\"name\":\"t\",\"input_schema\":{}}],\"tool_choice\":\"any\"}",
                        "{"
                                + LEAST
                                + ",\"tools\":[{\"name\":\"t\",\"input_schema\":{}}],\"tool_choice\":{\"name\":\"t\"}}",
                        "{" + LEAST + ",\"response_format\":{\"type\":\"json_object\"}}");
        Set<String> hashes = new HashSet<>();
        bodies.forEach(body -> hashes.add(read(body).prompt().hash()));
        assertThat(hashes).hasSize(bodies.size());
    }

    @Test
    void hashStaysTheSameBetweenVersions() {
        assertThat(
                        prompt(
                                        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0.5}")
                                .hash())
                .isEqualTo("a7a3191530cc9b15febb3d75f932884e67efb2d26ec6895de9656e340725df0f");
    }

    @Test
    void modelIsNotInTheHashBecauseTheCacheKeyNamesIt() {
        String body = "{'model':'m','messages':[{'role':'user','content':'Hi'}]}";
        assertThat(prompt(body.replace("'m'", "'us.amazon.nova-micro-v1:0'")).hash())
                .isEqualTo(prompt(body).hash());
    }

    @Test
    void answerIsSampledUnlessTemperatureIsZero() {
        assertThat(read("{" + LEAST + "}").prompt().sampled()).isTrue();
        assertThat(read("{" + LEAST + ",\"temperature\":0.1}").prompt().sampled()).isTrue();
        assertThat(read("{" + LEAST + ",\"temperature\":0.0}").prompt().sampled()).isFalse();
    }

    @Test
    void taskHashIsBoundToTaskPromptAndModelAndNeedsAnAgent() {
        String agent = ",\"agent_id\":\"a\",\"task\":\"t\"";
        String hash = read("{" + LEAST + agent + "}").taskHash();
        assertThat(hash).hasSize(64);
        assertThat(read("{" + LEAST + agent.replace("\"a\"", "\"b\"") + "}").taskHash())
                .as("the key names the agent")
                .isEqualTo(hash);
        Set<String> others = new HashSet<>(Set.of(hash));
        others.add(read("{" + LEAST + agent.replace("\"t\"", "\"u\"") + "}").taskHash());
        others.add(read("{" + LEAST.replace("Hi", "Ho") + agent + "}").taskHash());
        others.add(read("{" + LEAST.replace("micro", "lite") + agent + "}").taskHash());
        others.add(read("{" + LEAST + ",\"max_tokens\":7" + agent + "}").taskHash());
        assertThat(others).hasSize(5).doesNotContainNull();
        assertThat(read("{" + LEAST + ",\"agent_id\":\"a\"}").taskHash()).isNull();
        assertThat(read("{" + LEAST + ",\"task\":\"t\"}").taskHash()).isNull();
    }

    private Submission read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8), PoliciesOf.of(policies, "acme"));
    }

    private Prompt prompt(String body) {
        String json = body.replace("'m'", "'amazon.nova-micro-v1:0'").replace('\'', '"');
        return read(json).prompt();
    }
}
