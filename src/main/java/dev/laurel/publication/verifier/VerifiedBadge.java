package dev.laurel.publication.verifier;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Reason;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import dev.laurel.publication.ForeignText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a badge that was checked. Texts are those of strangers: made harmless, and never a link.
 *
 * @param given whom it names in plain text as the one it was given to
 * @param name as the badge says, or the file's; {@code null} where neither is known
 * @param vouched the host that vouches, {@code null} where nobody does
 * @param claimed the host that the badge says its issuer has, where it is another than the one that vouches
 * @param mixed the name or the host of its issuer has letters of several alphabets in one word, which can look like another name
 */
record VerifiedBadge(
        String source,
        @Nullable String name,
        String verdict,
        String format,
        boolean authentic,
        @Nullable Vouch vouched,
        @Nullable String claimed,
        boolean mixed,
        List<Check> checks,
        @Nullable String issuer,
        @Nullable String issuerName,
        @Nullable String subject,
        @Nullable String given,
        @Nullable ZonedDateTime from,
        @Nullable ZonedDateTime until,
        boolean endorsement) {

    /** Of a web address or a {@code did:web}. */
    private static final Pattern HOST =
            Pattern.compile("^\\s*(?:[A-Za-z]+:[/\\\\]{2}(?:[^/\\\\?#]*@)?|did:web:)([^/\\\\?#:@%]+)");

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
                says != null && mixed(says, report.vouch()),
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
        String host = host(says.issuerUrl());
        return host == null || vouch == null || isUnder(ForeignText.host(host), vouch.host())
                ? null
                : ForeignText.host(ForeignText.shown(host));
    }

    private static boolean mixed(Statement says, @Nullable Vouch vouch) {
        return says.issuerName() != null && ForeignText.mixesAlphabets(says.issuerName())
                || Stream.of(
                                host(says.issuerUrl()),
                                host(says.issuer()),
                                vouch == null ? null : withoutPort(vouch.host()))
                        .anyMatch(host -> host != null && ForeignText.hostMixesAlphabets(host));
    }

    /** By hand: Java knows no host that is not ASCII. */
    private static @Nullable String host(@Nullable String url) {
        Matcher found = url == null ? null : HOST.matcher(url);
        return found != null && found.find() ? found.group(1) : null;
    }

    private static boolean isUnder(String host, String vouching) {
        String one = plain(host);
        String other = plain(withoutPort(vouching));
        return one.equals(other) || other.endsWith("." + one) || one.endsWith("." + other);
    }

    private static String withoutPort(String authority) {
        return authority.replaceAll(":\\d+$", "");
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("www.") ? lower.substring(4) : lower;
    }
}
