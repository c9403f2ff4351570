package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of proofs names tests that exist, and leaves no invariant and no failure mode out. */
class ProofsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z0-9]+)#([A-Za-z0-9]+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Za-z]+(?:Test|ITCase|Contract))`");
    private static final Pattern MARK =
            Pattern.compile("@(Test|Example|ParameterizedTest|Property|AfterContainer)\\b");
    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Z]?)(\\d+)(?:–[A-Z]?(\\d+))? \\|", Pattern.MULTILINE);

    private final String table = read(ROOT.resolve("PROOFS.md"));

    @Test
    void everyNamedTestExists() throws IOException {
        List<Path> sources = sources();
        List<String> missing = new ArrayList<>();
        for (MatchResult named : NAMED.matcher(table).results().toList()) {
            boolean exists =
                    sources.stream()
                            .filter(path -> path.endsWith(named.group(1) + ".java"))
                            .anyMatch(path -> hasTest(read(path), named.group(2)));
            if (!exists) {
                missing.add(named.group());
            }
        }
        assertThat(missing).as("tests in PROOFS.md that do not exist").isEmpty();
        assertThat(CLASS.matcher(table.replace("`ProofsTest`", "")).results())
                .as("classes named without a test")
                .isEmpty();
    }

    @Test
    void everyInvariantAndEveryFailureModeHasARow() {
        Set<String> rows = new LinkedHashSet<>();
        for (MatchResult row : ROW.matcher(table).results().toList()) {
            int from = Integer.parseInt(row.group(2));
            int to = row.group(3) == null ? from : Integer.parseInt(row.group(3));
            for (int number = from; number <= to; number++) {
                assertThat(rows.add(row.group(1) + number)).as("first %s", row.group()).isTrue();
            }
        }
        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of("R12", "B7", "C4", "M7", "E4", "L7", "W8", "A6", "46")
                                .flatMap(ProofsTest::upTo)
                                .toList());
    }

    @Test
    void everyRowNamesATestOrSaysWhatBringsIt() {
        table.lines()
                .filter(line -> ROW.matcher(line).find())
                .forEach(
                        line ->
                                assertThat(line)
                                        .containsPattern(
                                                NAMED.pattern() + "|Not yet: .*issue \\d"));
    }

    /** Whether a method is there and is a test: the mark stands between it and the one before. */
    private static boolean hasTest(String source, String method) {
        int at = source.indexOf(" void " + method + "(");
        int before = source.lastIndexOf("\n    }\n", at);
        return at >= 0 && MARK.matcher(source.substring(Math.max(0, before), at)).find();
    }

    private static Stream<String> upTo(String last) {
        String letter = last.replaceAll("\\d", "");
        int most = Integer.parseInt(last.substring(letter.length()));
        return IntStream.rangeClosed(1, most).mapToObj(number -> letter + number);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> path.toString().contains("/src/test/java/")).toList();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
