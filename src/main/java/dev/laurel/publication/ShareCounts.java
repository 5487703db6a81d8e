package dev.laurel.publication;

import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.OpenBadges.Open;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * How often a badge was looked at and passed on, for its holder. Only numbers are kept: no cookie, no address, no time. So
 * two looks of one person count twice; her own from her page, and those of robots that say what they are, do not count.
 */
@Component
public class ShareCounts {

    /** Programs that fetch pages without anybody looking, as they name themselves. */
    private static final Pattern ROBOT = Pattern.compile(
            "bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|skypeuri|monitor|uptime|scan|validator"
                    + "|headless|curl|wget|python|java|okhttp|go-http|libwww|httpclient|node|axios|fetch");

    private final ShareCountRepository counts;

    private final String holdersPages;

    ShareCounts(ShareCountRepository counts, PublicUrl publicUrl) {
        this.counts = counts;
        this.holdersPages = publicUrl.at("/my/badges/");
    }

    public enum Way {
        PAGE,
        EMBEDDED,
        LINKEDIN,
        PDF
    }

    /**
     * Since the badge was first shared.
     *
     * @param page times that its page was opened
     * @param embedded times that it was shown inside a page of another site
     * @param linkedIn times that somebody went on to LinkedIn to add it to a profile
     * @param pdf times that its certificate was fetched
     */
    public record Counts(long page, long embedded, long linkedIn, long pdf) {}

    /** How often what its holder shares of an award was looked at. */
    public Counts of(TenantId tenant, long awardId) {
        Map<Way, Long> times = counts.of(tenant, awardId);
        return new Counts(
                times.getOrDefault(Way.PAGE, 0L),
                times.getOrDefault(Way.EMBEDDED, 0L),
                times.getOrDefault(Way.LINKEDIN, 0L),
                times.getOrDefault(Way.PDF, 0L));
    }

    /** Counts a look of a stranger; nothing of the request is kept. */
    public void looked(Open open, Way way, HttpServletRequest request) {
        String from = request.getHeader(HttpHeaders.REFERER);
        if (from == null || !from.startsWith(holdersPages)) {
            used(open, way, request);
        }
    }

    /** Counts that somebody took it further, herself included. */
    public void used(Open open, Way way, HttpServletRequest request) {
        if ("GET".equals(request.getMethod())
                && !isRobot(request.getHeader(HttpHeaders.USER_AGENT))
                && !isAhead(request.getHeader("Sec-Purpose"))
                && !isAhead(request.getHeader("Purpose"))) {
            counts.add(open.tenant(), open.award().id(), way);
        }
    }

    private static boolean isRobot(@Nullable String program) {
        return program == null
                || program.isBlank()
                || ROBOT.matcher(program.toLowerCase(Locale.ROOT)).find();
    }

    /** Fetched by a browser before anybody asked for it. */
    private static boolean isAhead(@Nullable String purpose) {
        return purpose != null && purpose.toLowerCase(Locale.ROOT).contains("prefetch");
    }
}
