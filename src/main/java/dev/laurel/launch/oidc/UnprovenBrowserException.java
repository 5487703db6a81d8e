package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.NewTab;
import org.jspecify.annotations.Nullable;

/** A launch from a browser that cannot be shown to have begun it, perhaps because it keeps no cookies inside a frame. */
class UnprovenBrowserException extends LaunchRefusedException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable NewTab newTab;

    UnprovenBrowserException(@Nullable NewTab newTab) {
        super(Refusal.OTHER_BROWSER, "the cookie of this login is missing or another's");
        this.newTab = newTab;
    }

    /** Where the launch can begin once more; {@code null} where only the platform can. */
    @Nullable
    NewTab newTab() {
        return newTab;
    }
}
