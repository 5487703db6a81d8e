package dev.laurel.publication;

import com.ibm.icu.text.IDNA;
import java.lang.Character.UnicodeScript;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text of strangers and names of persons, made so that it cannot pass for something else: nothing in it turns the direction of the
 * text around it or is invisible, and the hosts in it are written as the network knows them where another alphabet than a reader
 * expects could be behind them. Pages set it apart with {@code <bdi>} besides.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing">UTR 36, Bidirectional Text Spoofing</a>
 * @see <a href="https://www.unicode.org/reports/tr46/">UTS 46, IDNA Compatibility Processing</a>
 */
public final class ForeignText {

    /** What stands before the host, with what may pass for one there, and the host. */
    private static final Pattern HOST = Pattern.compile("(://(?:[^/?#\\s@]*+@)*+|^did:web:)([^/:?#\\s%@]+)");

    private static final Pattern WORD_ENDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /** Many of their letters look like Latin ones. */
    private static final Set<UnicodeScript> ALIKE = EnumSet.of(
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC);

    private static final IDNA NAMES =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI);

    private ForeignText() {}

    /** @return what of it may be shown, with its line breaks */
    public static String shown(String text) {
        String plain = text.codePoints()
                .filter(ForeignText::isSeen)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return HOST.matcher(plain).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + host(found.group(2))));
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

    /** As the network knows it. Of what is no name there each letter is escaped. */
    public static String host(String host) {
        if (isAscii(host)) {
            return host;
        }
        StringBuilder ascii = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        NAMES.nameToASCII(host, ascii, info);
        return !info.hasErrors() && isAscii(ascii)
                ? ascii.toString()
                : host.codePoints()
                        .mapToObj(Character::toString)
                        .map(letter -> isAscii(letter) ? letter : URLEncoder.encode(letter, StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
    }

    private static boolean isAscii(CharSequence text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Whether Latin letters stand in one word with letters of another alphabet that look like them. */
    public static boolean mixesAlphabets(String text) {
        return WORD_ENDS.splitAsStream(text).anyMatch(word -> {
            Set<UnicodeScript> scripts = word.codePoints()
                    .mapToObj(UnicodeScript::of)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
            return scripts.contains(UnicodeScript.LATIN) && scripts.stream().anyMatch(ALIKE::contains);
        });
    }

    /** The same of the name of a host, also in the form that the network knows. */
    public static boolean hostMixesAlphabets(String host) {
        StringBuilder name = new StringBuilder();
        NAMES.nameToUnicode(host, name, new IDNA.Info());
        return mixesAlphabets(name.toString().replace("-", ""));
    }
}
