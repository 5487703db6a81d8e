package dev.laurel.launch.browser;

import dev.laurel.platform.tenant.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Which site made the browser send a request. The browser says so itself, and no page can make it say otherwise.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
@Component
public class Origin {

    private static final String SITE = "Sec-Fetch-Site";

    private static final String DESTINATION = "Sec-Fetch-Dest";

    private final PublicUrl publicUrl;

    Origin(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Whether a page of ours sent it. Where the browser tells nothing, it is not known and so it is not. */
    public boolean isOurs(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String site = request.getHeader(SITE);
        boolean originIsOurs = publicUrl.origin().equalsIgnoreCase(origin);
        return site == null ? originIsOurs : site.equals("same-origin") && (origin == null || originIsOurs);
    }

    /** What the browser says, for the log. */
    public static String said(HttpServletRequest request) {
        return SITE + " " + request.getHeader(SITE) + ", " + HttpHeaders.ORIGIN + " "
                + request.getHeader(HttpHeaders.ORIGIN);
    }

    /** Whether the answer fills a tab or window of its own, as far as the browser says. */
    public static boolean isTopLevel(HttpServletRequest request) {
        return "document".equals(request.getHeader(DESTINATION));
    }
}
