package dev.laurel.credential.leaving;

import dev.laurel.achievement.AchievementVersion;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * Pages that any web server can show at the addresses that badges name: plain, without scripts and without Laurel. Those end without a
 * slash, so links are whole addresses.
 */
final class StaticPages {

    private StaticPages() {}

    static byte[] issuer(IssuerPapers issuer) {
        return page(
                issuer.name(),
                paragraph("This organisation issued digital badges under the following identifier. Badges that name it"
                                + " still verify.")
                        + issuer.dids().stream()
                                .map(did -> "<p><code>" + HtmlUtils.htmlEscape(did) + "</code></p>\n")
                                .collect(Collectors.joining())
                        + "<p><a href=\""
                        + HtmlUtils.htmlEscape(issuer.named().get(0).page())
                        + "/did.json\">Its keys</a></p>\n");
    }

    /** @param address that its credentials name */
    static byte[] badge(AchievementVersion badge, String address) {
        return page(
                badge.name(),
                "<p><img src=\"" + HtmlUtils.htmlEscape(address)
                        + "/image.png\" alt=\"\" width=\"200\" height=\"200\"></p>\n"
                        + paragraph(badge.says())
                        + "<h2>What it took</h2>\n"
                        + paragraph(badge.criteria()));
    }

    /**
     * How to check a record of a decision that its holder shows.
     *
     * @param address that credentials name the badge with
     */
    static byte[] decision(AchievementVersion badge, String address, String hash) {
        return page(
                badge.name() + ": how it was decided",
                paragraph(
                                "Whoever has this badge can show the record of its decision, which says what was reached and what"
                                        + " it took. The hash of that record is:")
                        + "<p><code style=\"overflow-wrap: anywhere\">sha256$" + hash + "</code></p>\n"
                        + paragraph("To check a record, compute its hash: it must be the same.")
                        + "<pre style=\"white-space: pre-wrap\"><code>jq -cSj .decision record.json | sha256sum</code></pre>\n"
                        + "<p><a href=\"" + HtmlUtils.htmlEscape(address) + "\">About the badge</a></p>\n");
    }

    private static byte[] page(String title, String content) {
        String escaped = HtmlUtils.htmlEscape(title);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title></head>
                <body style="max-width: 40em; margin: 2em auto; padding: 0 1em; font-family: sans-serif; line-height: 1.5">
                <main>
                <h1>%s</h1>
                %s</main>
                </body>
                </html>
                """.formatted(escaped, escaped, content).getBytes(StandardCharsets.UTF_8);
    }

    private static String paragraph(String text) {
        return "<p style=\"white-space: pre-line\">" + HtmlUtils.htmlEscape(text) + "</p>\n";
    }
}
