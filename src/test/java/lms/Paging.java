package lms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One page of a list, and the address of the next one. */
record Paging<T>(List<T> entries, Optional<String> next) {

    /** How many entries are on a page where nobody asks, and how many there are at most. */
    record Size(int usual, int largest) {}

    static <T> Paging<T> of(List<T> all, Map<String, String> query, String url, Size size, Mode mode) {
        int limit = Math.min(number(query, "limit", size.usual()), size.largest());
        int from = Math.min(number(query, "from", 0), all.size());
        int end = Math.min(from + Math.max(limit, 1), all.size());
        if (end == all.size()) {
            return new Paging<>(all.subList(from, end), Optional.empty());
        }
        var next = new LinkedHashMap<>(query);
        next.put("limit", "" + Math.max(limit, 1));
        next.put("from", "" + end);
        if (mode == Mode.MOODLE) {
            next.remove("role"); // a flaw of Moodle: the next page has everybody
        }
        int queryStart = url.indexOf('?');
        String path = queryStart < 0 ? url : url.substring(0, queryStart);
        return new Paging<>(all.subList(from, end), Optional.of(path + "?" + LaunchStart.encode(next)));
    }

    /** Adds the Link header, in Moodle's way with curly quotes and an escaped ampersand where it says so. */
    Answer link(Answer answer, boolean moodleQuotes) {
        if (next.isEmpty()) {
            return answer;
        }
        String url = next.get();
        return answer.with(
                "Link",
                moodleQuotes ? "<" + url.replace("&", "&amp;") + ">; rel=“next”" : "<" + url + ">; rel=\"next\"");
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        try {
            return Math.max(0, Integer.parseInt(query.getOrDefault(name, "" + otherwise)));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
