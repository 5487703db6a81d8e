package dev.laurel;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** The system's Chromium for the tests of one class: started before them, or they are skipped, and closed behind them. */
public final class Chromium implements BeforeAllCallback, AfterAllCallback {

    /** For whatever is waited for, however busy the machine is. */
    public static final double PATIENCE_MS = 20_000;

    /**
     * A launch page waits a second and a half for the platform's frame, which a busy machine may not keep. Here it waits
     * until a test calls {@code afterOneSecondAndAHalf()} in it.
     */
    private static final String WAITING = """
            const setTimer = window.setTimeout;
            window.setTimeout = (act, delay, ...more) => {
              if (delay === 1500) {
                window.afterOneSecondAndAHalf = act;
                return 0;
              }
              return setTimer(act, delay, ...more);
            };""";

    /**
     * Frames of another site in the process of the page: a launch hops between the two sites faster than Playwright follows
     * from process to process, and then it waits for ever. What cookies come back does not depend on it.
     */
    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-background-networking", "--disable-site-isolation-trials");

    /** Which cookies of Laurel a browser keeps while Laurel is in a frame of the LMS. */
    public enum CookiesInFrames {

        /** Every one. */
        ALL("\"cookie_controls_mode\":0,\"block_third_party_cookies\":false"),

        /** Only those that say that they are partitioned: "Block third-party cookies", as in the settings. */
        PARTITIONED("\"cookie_controls_mode\":1,\"block_third_party_cookies\":true"),

        /** None: an exception for Laurel below the LMS, as in the settings. In a tab of its own Laurel keeps them. */
        NONE("\"cookie_controls_mode\":1,\"block_third_party_cookies\":true,"
                + "\"content_settings\":{\"exceptions\":{\"cookies\":{\"localhost,127.0.0.1\":{\"setting\":2}}}}");

        private final String preferences;

        CookiesInFrames(String preferences) {
            this.preferences = preferences;
        }
    }

    private final List<Path> profiles = new ArrayList<>();

    private @Nullable Playwright playwright;

    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        Needs.chromium();
        playwright = Playwright.create();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (playwright != null) {
            playwright.close();
        }
        playwright = null;
        // It went with it; where the tests run once more they get another one.
        browser = null;
        for (Path profile : profiles) {
            FileSystemUtils.deleteRecursively(profile);
        }
    }

    /** A visitor whom no page knows, as in a private window. */
    public BrowserContext visitor() {
        if (browser == null) {
            browser = type().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Needs.chromium())
                    .setArgs(ARGUMENTS));
        }
        return patient(browser.newContext(
                new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1100, 900)));
    }

    /** A page of a visitor whom no page knows. */
    public Page page() {
        return visitor().newPage();
    }

    /** A visitor with a new profile and these settings; Laurel is on localhost and the LMS on 127.0.0.1. */
    public BrowserContext visitor(CookiesInFrames cookies) {
        return patient(type().launchPersistentContext(
                        profile(cookies),
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(Needs.chromium())
                                .setArgs(ARGUMENTS)
                                .setLocale("en-GB")
                                .setViewportSize(1100, 900)));
    }

    private Path profile(CookiesInFrames cookies) {
        try {
            Path profile = Files.createTempDirectory("chromium");
            profiles.add(profile);
            Path settings = Files.createDirectories(profile.resolve("Default"));
            Files.writeString(settings.resolve("Preferences"), "{\"profile\":{" + cookies.preferences + "}}");
            return profile;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BrowserType type() {
        return Objects.requireNonNull(playwright, "registered as an extension").chromium();
    }

    private static BrowserContext patient(BrowserContext context) {
        context.setDefaultTimeout(PATIENCE_MS);
        context.addInitScript(WAITING);
        return context;
    }
}
