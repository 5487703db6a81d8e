package dev.laurel.context.address;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address that somebody typed, such as a browser takes in a field for one; its domain in the letters of DNS.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address">HTML, valid e-mail address</a>
 */
public record MailAddress(String value) {

    /** RFC 5321, 4.5.3.1.3: a path with its brackets has 256. */
    private static final int LONGEST = 254;

    /** No dot at an end or beside another: browsers take these, and no mail server does (RFC 5321, 4.1.2, Dot-string). */
    private static final Pattern LOCAL =
            Pattern.compile("(?!\\.)(?!.*\\.\\.)(?!.*\\.$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}");

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");

    /** Empty where it is none that a message could be sent to. */
    public static Optional<MailAddress> of(String typed) {
        String text = typed.strip();
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        String domain;
        try {
            domain = IDN.toASCII(text.substring(at + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String address = local + "@" + domain;
        return LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches() && address.length() <= LONGEST
                ? Optional.of(new MailAddress(address))
                : Optional.empty();
    }

    /** Whether messages to both are messages to one. */
    public boolean isSame(MailAddress other) {
        return folded().equals(other.folded());
    }

    /** The same for everybody who types it in large or small letters. */
    String folded() {
        return value.toLowerCase(Locale.ROOT);
    }

    /** An address belongs into no log. */
    @Override
    public String toString() {
        return "an e-mail address";
    }
}
