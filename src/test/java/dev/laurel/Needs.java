package dev.laurel;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

    /** The programs that a test in WebKit runs. */
    public record WebKitPrograms(String driver, String browser, String display) {}

    /** WebKitGTK with its driver, and a display that needs no screen: Debian's {@code webkit2gtk-driver} and {@code xvfb}. */
    public static WebKitPrograms webKit() {
        Path driver = Path.of("/usr/bin/WebKitWebDriver");
        Path display = Path.of("/usr/bin/Xvfb");
        Path browser = miniBrowser();
        if (!Files.isExecutable(driver) || !Files.isExecutable(browser) || !Files.isExecutable(display)) {
            missing("WebKitGTK and Xvfb (webkit2gtk-driver, xvfb)");
        }
        return new WebKitPrograms(driver.toString(), browser.toString(), display.toString());
    }

    /** In a folder that is named after the processor. */
    private static Path miniBrowser() {
        Path libraries = Path.of("/usr/lib");
        try (Stream<Path> folders = Files.list(libraries)) {
            return folders.map(folder -> folder.resolve("webkit2gtk-4.1/MiniBrowser"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(libraries.resolve("MiniBrowser"));
        } catch (IOException e) {
            return libraries.resolve("MiniBrowser");
        }
    }

    /** Debian's folder with fonts for Chinese, Japanese, Korean, Devanagari, Thai and emoji. */
    public static Path fonts() {
        Path folder = Path.of("/usr/share/fonts/truetype");
        for (String family : List.of("droid", "nanum", "lohit-devanagari", "tlwg", "ancient-scripts")) {
            if (!Files.isDirectory(folder.resolve(family))) {
                missing("fonts-droid-fallback, fonts-nanum, fonts-lohit-deva, fonts-tlwg-loma-ttf and fonts-symbola");
            }
        }
        return folder;
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
