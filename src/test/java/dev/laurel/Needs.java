package dev.laurel;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What some tests need and a fresh machine may lack. Without it they skip with a clear line; with
 * {@code -Dlaurel.ci=true} they fail instead, because in CI nothing may skip.
 */
public final class Needs {

    private Needs() {}

    /** The folder with fixtures beside the project. */
    public static Path shared() {
        Path folder = Path.of(System.getProperty("laurel.shared", "../shared"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(folder.resolve("fixtures"))) {
            missing("the fixtures in ../shared");
        }
        return folder;
    }

    /** Chromium, from the system: nothing is downloaded. */
    public static Path chromium() {
        Path chromium = Path.of(System.getProperty("laurel.chromium", "/usr/bin/chromium"));
        if (!Files.isExecutable(chromium)) {
            missing("Chromium at " + chromium);
        }
        return chromium;
    }

    /** Node and the packages of {@code src/test/node}, installed by {@code npm ci}. */
    public static Path node() {
        Path folder = Path.of("src/test/node").toAbsolutePath();
        if (!Files.isDirectory(folder.resolve("node_modules")) || !runs("node", "--version")) {
            missing("Node with the packages of src/test/node (npm ci)");
        }
        return folder;
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void missing(String what) {
        String message = "This test needs " + what + ".";
        if (Boolean.getBoolean("laurel.ci")) {
            fail(message + " In CI nothing may skip.");
        }
        abort(message + " Skipped.");
    }
}
