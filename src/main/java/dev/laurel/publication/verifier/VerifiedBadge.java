package dev.laurel.publication.verifier;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Reason;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import dev.laurel.publication.ForeignText;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a badge that was checked. Texts are those of strangers: made harmless, and never a link.
 *
 * @param given whom it names in plain text as the one it was given to
 * @param name as the badge says, or the file's; {@code null} where neither is known
 * @param vouched the host that vouches, {@code null} where nobody does
 * @param claimed the host that the badge says its issuer has, where it is another than the one that vouches
 */
record VerifiedBadge(
        String source,
        @Nullable String name,
        String verdict,
        String format,
        boolean authentic,
        @Nullable Vouch vouched,
        @Nullable String claimed,
        List<Check> checks,
        @Nullable String issuer,
        @Nullable String issuerName,
        @Nullable String subject,
        @Nullable String given,
        @Nullable ZonedDateTime from,
        @Nullable ZonedDateTime until,
        boolean endorsement) {

    static VerifiedBadge of(String source, BadgeReport report) {
        Statement says = report.says();
        return new VerifiedBadge(
                ForeignText.shown(source),
                says == null ? null : ForeignText.shownOrNull(says.name()),
                report.verdict().code(),
                report.format().code(),
                report.isAuthentic(),
                report.vouch(),
                says == null ? null : claimed(says, report.vouch()),
                report.checks(),
                says == null ? null : ForeignText.shownOrNull(says.issuer()),
                says == null ? null : ForeignText.shownOrNull(says.issuerName()),
                says == null ? null : ForeignText.shownOrNull(says.subject()),
                says == null ? null : ForeignText.shownOrNull(given(says)),
                says == null ? null : day(says.from()),
                says == null ? null : day(says.until()),
                says != null && says.endorsement());
    }

    /** The verdict in the words of the page, which tell what was taken back, and what is no badge, from what is not right. */
    public String said() {
        if (!known() && verdict.equals("invalid")) {
            return "unreadable";
        }
        List<Check> failed = checks.stream()
                .filter(check -> check.result() == Check.Result.FAILED)
                .toList();
        return !failed.isEmpty() && failed.stream().allMatch(check -> check.reason() == Reason.REVOKED)
                ? "revoked"
                : verdict;
    }

    private static @Nullable String given(Statement says) {
        return says.identities().stream()
                .filter(identity -> identity.type().equals("name") && !identity.hashed())
                .map(Statement.Identity::value)
                .findFirst()
                .orElse(null);
    }

    public boolean known() {
        return !format.equals(Format.UNKNOWN.code());
    }

    private static @Nullable ZonedDateTime day(@Nullable Instant time) {
        return time == null ? null : time.atZone(ZoneOffset.UTC);
    }

    private static @Nullable String claimed(Statement says, @Nullable Vouch vouch) {
        String url = says.issuerUrl();
        if (url == null || vouch == null) {
            return null;
        }
        try {
            String host = URI.create(url).getHost();
            return host == null || isUnder(host, vouch.host()) ? null : ForeignText.shown(host);
        } catch (IllegalArgumentException e) {
            return ForeignText.shown(url);
        }
    }

    private static boolean isUnder(String host, String vouching) {
        String one = plain(host);
        String other = plain(vouching.replaceAll(":\\d+$", ""));
        return one.equals(other) || other.endsWith("." + one) || one.endsWith("." + other);
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("www.") ? lower.substring(4) : lower;
    }
}
