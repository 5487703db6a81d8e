package dev.laurel.publication;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text of strangers and names of persons, made so that it cannot pass for something else: nothing in it turns the direction of the
 * text around it or is invisible, and the hosts in it are written as the network knows them where another alphabet than a reader
 * expects could be behind them. Pages set it apart with {@code <bdi>} besides.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing">UTR 36, Bidirectional Text Spoofing</a>
 */
public final class ForeignText {

    private static final Pattern HOST = Pattern.compile("(?<=://|^did:web:)([^/:?#\\s%]+)");

    private ForeignText() {}

    /** @return what of it may be shown, with its line breaks */
    public static String shown(String text) {
        String plain = text.codePoints()
                .filter(ForeignText::isSeen)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return HOST.matcher(plain).replaceAll(host -> Matcher.quoteReplacement(ascii(host.group())));
    }

    public static @Nullable String shownOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : shown(text);
    }

    /** Joiners belong to the spelling of many languages, and to emoji. */
    private static boolean isSeen(int c) {
        int type = Character.getType(c);
        boolean joiner = c == 0x200c || c == 0x200d;
        return joiner || c == '\n' || type != Character.CONTROL && type != Character.FORMAT;
    }

    private static String ascii(String host) {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return host;
        }
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return host;
        }
    }
}
