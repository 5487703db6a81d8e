package dev.laurel.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code rel="next"} of a Link header, as platforms really send it: Moodle writes curly quotes in raw UTF-8 (which
 * arrive as three Latin-1 characters each) and {@code &amp;} inside the address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288#section-3">RFC 8288, Link header</a>
 */
public final class LinkHeader {

    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");

    /** Whatever kind of quote comes first, and then the relation types. */
    private static final Pattern REL =
            Pattern.compile(";\\s*rel\\s*=\\s*[^A-Za-z0-9;,]*([A-Za-z0-9._ -]+)", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /** The next page, resolved against the page it was on; empty at the end. */
    public static Optional<URI> next(URI page, List<String> headers) {
        for (String header : headers) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (isNext(link.group(2))) {
                    return Optional.of(resolve(page, link.group(1).strip().replace("&amp;", "&")));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNext(String parameters) {
        Matcher rel = REL.matcher(parameters);
        return rel.find() && List.of(rel.group(1).strip().split(" +")).contains("next");
    }

    private static URI resolve(URI page, String target) {
        try {
            return page.resolve(new URI(target));
        } catch (URISyntaxException e) {
            throw ServiceProblem.unreadable("The LMS named a next page that is no web address. Nothing was changed.");
        }
    }
}
