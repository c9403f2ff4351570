package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Strict reading of YAML 1.2 into a tree: numbers are exact decimals of their text, only {@code
 * true} and {@code false} are booleans, keys are text and given once, there is one document, and no
 * alias repeats a collection.
 */
final class PolicyYaml {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_NUMBER_CHARACTERS = 40;

    private final Findings findings;

    private PolicyYaml(Findings findings) {
        this.findings = findings;
    }

    /** The tree of a document, empty if it is empty; what is wrong goes to the findings. */
    static JsonNode parse(String text, Findings findings) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel("policy")
                        .setMaxAliasesForCollections(0)
                        .setUseMarks(true)
                        .build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .map(node -> new PolicyYaml(findings).tree("", node))
                    .orElseGet(NODES::objectNode);
        } catch (YamlEngineException e) {
            findings.say("", "not YAML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
            return NODES.objectNode();
        }
    }

    private JsonNode tree(String path, Node node) {
        if (node instanceof MappingNode) {
            return mapping(path, (MappingNode) node);
        }
        if (node instanceof SequenceNode) {
            ArrayNode list = NODES.arrayNode();
            ((SequenceNode) node).getValue().forEach(item -> list.add(tree(path + "[]", item)));
            return list;
        }
        return scalar(path, (ScalarNode) node);
    }

    private ObjectNode mapping(String path, MappingNode node) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode)) {
                findings.say(path, "a key" + line(entry.getKeyNode()) + " is no plain text");
                continue;
            }
            String key = ((ScalarNode) entry.getKeyNode()).getValue();
            String inner = Findings.join(path, key);
            JsonNode value = tree(inner, entry.getValueNode());
            if (object.has(key)) {
                findings.say(
                        inner, "given twice, again" + line(entry.getKeyNode()) + "; expected once");
            }
            object.set(key, value);
        }
        return object;
    }

    private JsonNode scalar(String path, ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return NODES.textNode(text);
        }
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text);
        }
        findings.say(path, "the tag " + tag + line(node) + " has no meaning here");
        return NODES.nullNode();
    }

    /** What is no decimal number ({@code .inf}), or a monstrous one, stays text. */
    private static JsonNode number(String text) {
        if (text.length() <= MOST_NUMBER_CHARACTERS) {
            try {
                BigDecimal value = new BigDecimal(text);
                if (Math.abs((long) value.scale()) <= MOST_NUMBER_CHARACTERS) {
                    return DecimalNode.valueOf(value);
                }
            } catch (NumberFormatException e) {
                // Said by whoever expects a number.
            }
        }
        return NODES.textNode(text);
    }

    private static String line(Node node) {
        return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    }
}
