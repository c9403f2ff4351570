package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanariesTest {
    private static final String TEXT = "CANARY?>é-77";

    @TempDir Path folder;
    private final Canaries canaries = new Canaries();

    @Test
    void findsATextHoweverItLies() throws IOException {
        canaries.add("text", TEXT);
        write("utf8", ("x".repeat(20 << 20) + TEXT).getBytes(StandardCharsets.UTF_8));
        write("le", TEXT.getBytes(StandardCharsets.UTF_16LE));
        write("be", TEXT.getBytes(StandardCharsets.UTF_16BE));
        for (int shift = 0; shift < 3; shift++) {
            byte[] bytes =
                    ("abc".substring(0, shift) + TEXT + "z").getBytes(StandardCharsets.UTF_8);
            write("base64-" + shift, Base64.getEncoder().encode(bytes));
            write("url-" + shift, Base64.getUrlEncoder().encode(bytes));
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("gz")))) {
            out.write(("y".repeat(300) + TEXT).getBytes(StandardCharsets.UTF_8));
        }
        write("spared", TEXT.getBytes(StandardCharsets.UTF_8));
        write("other", "CANARY".getBytes(StandardCharsets.UTF_8));
        assertThat(canaries.in(folder, "spared").stream().map(f -> f.replaceAll(".*: ", "")))
                .containsOnly(
                        "utf8",
                        "le",
                        "be",
                        "base64-0",
                        "base64-1",
                        "base64-2",
                        "url-0",
                        "url-1",
                        "url-2",
                        "gz");
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }
}
