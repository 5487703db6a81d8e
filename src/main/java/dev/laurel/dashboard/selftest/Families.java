package dev.laurel.dashboard.selftest;

import dev.laurel.platform.Registration;
import dev.laurel.platform.tool.ProductFamily;
import java.util.Locale;

/** Whose product a platform is, as far as its addresses tell. */
public final class Families {

    private Families() {}

    public static ProductFamily of(Registration registration) {
        String host = String.valueOf(registration.authUri().getHost()).toLowerCase(Locale.ROOT);
        String path = String.valueOf(registration.authUri().getPath()).toLowerCase(Locale.ROOT);
        if (path.endsWith("/mod/lti/auth.php")) {
            return ProductFamily.MOODLE;
        }
        if (isOf(host, "instructure.com")
                || isOf(host, "canvaslms.com")
                || path.equals("/api/lti/authorize_redirect")) {
            return ProductFamily.CANVAS;
        }
        if (path.equals("/d2l/lti/authenticate")) {
            return ProductFamily.D2L;
        }
        if (isOf(host, "blackboard.com")) {
            return ProductFamily.BLACKBOARD;
        }
        return path.contains("/imsoidc/") ? ProductFamily.SAKAI : ProductFamily.OTHER;
    }

    private static boolean isOf(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
