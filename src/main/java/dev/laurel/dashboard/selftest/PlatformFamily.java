package dev.laurel.dashboard.selftest;

import dev.laurel.platform.Registration;
import java.util.Locale;

/** Whose product a platform is, as far as its addresses tell. */
enum PlatformFamily {
    CANVAS,
    MOODLE,
    OTHER;

    static PlatformFamily of(Registration registration) {
        String path = String.valueOf(registration.authUri().getPath());
        String host = String.valueOf(registration.authUri().getHost()).toLowerCase(Locale.ROOT);
        if (path.endsWith("/mod/lti/auth.php")) {
            return MOODLE;
        }
        boolean hosted = host.endsWith(".instructure.com") || host.endsWith(".canvaslms.com");
        return hosted || path.endsWith("/api/lti/authorize_redirect") ? CANVAS : OTHER;
    }
}
