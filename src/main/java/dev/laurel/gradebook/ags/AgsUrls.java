package dev.laurel.gradebook.ags;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses below a line item: the path grows, the query stays, because Moodle's line items carry {@code ?type_id=1}. */
final class AgsUrls {

    private static final int PAGE = 100;

    private AgsUrls() {}

    static URI results(URI lineItem) {
        return below(lineItem, "/results");
    }

    static URI scores(URI lineItem) {
        return below(lineItem, "/scores");
    }

    /** Asks for large pages, but not of Moodle, where a limit beside {@code type_id} is fatal and no limit means all. */
    static URI inLargePages(URI list) {
        String query = list.getRawQuery();
        if (query == null) {
            return URI.create(list + "?limit=" + PAGE);
        }
        boolean asks = ("&" + query).contains("&type_id=") || ("&" + query).contains("&limit=");
        return asks ? list : URI.create(list + "&limit=" + PAGE);
    }

    /** With one more parameter in its query. */
    static URI with(URI address, String name, String value) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static URI below(URI lineItem, String step) {
        String text = lineItem.toString();
        int fragment = text.indexOf('#');
        if (fragment >= 0) {
            text = text.substring(0, fragment);
        }
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return URI.create(path + step + (query < 0 ? "" : text.substring(query)));
    }
}
