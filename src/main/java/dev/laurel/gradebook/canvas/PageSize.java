package dev.laurel.gradebook.canvas;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a list one page holds and where it begins, as its address says.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.pagination.html">Canvas, pagination</a>
 */
final class PageSize {

    private static final Pattern SIZE = Pattern.compile("(?<=[?&]per_page=)[0-9]{1,4}(?=&|$)");

    /** Other pages are named by a mark at which they begin, whatever they hold. */
    private static final Pattern NUMBER = Pattern.compile("(?<=[?&]page=)[0-9]{1,9}(?=&|$)");

    private static final Pattern PAGE = Pattern.compile("[?&]page=");

    /** Canvas answers 400 where more people are named than a page holds. */
    private static final Pattern PERSON = Pattern.compile("[?&](?:student|user)_ids(?:\\[]|%5B%5D)=[0-9]");

    private PageSize() {}

    /**
     * The page that begins at the same entry, or a few before it, and holds a tenth.
     *
     * @return {@code null} where there is none smaller
     */
    static @Nullable String smaller(String address) {
        Matcher size = SIZE.matcher(address);
        if (!size.find()) {
            return null;
        }
        int before = Integer.parseInt(size.group());
        int after = Math.max(Math.max(1, before / 10), (int)
                PERSON.matcher(address).results().count());
        if (after >= before) {
            return null;
        }
        String smaller = size.replaceFirst(Integer.toString(after));
        Matcher number = NUMBER.matcher(smaller);
        return number.find()
                ? number.replaceFirst(Long.toString((Long.parseLong(number.group()) - 1) * before / after + 1))
                : smaller;
    }

    /** How many entries a page holds; 0 where the address does not say. */
    static int of(String address) {
        Matcher size = SIZE.matcher(address);
        return size.find() ? Integer.parseInt(size.group()) : 0;
    }

    /**
     * The page that begins at the same entry and holds ten times as much.
     *
     * @param most entries that it holds
     * @return {@code null} where none begins there
     */
    static @Nullable String larger(String address, int most) {
        Matcher size = SIZE.matcher(address);
        Matcher number = NUMBER.matcher(address);
        if (!size.find() || !number.find()) {
            return null;
        }
        int before = Integer.parseInt(size.group());
        int after = Math.min(before * 10, most);
        long entries = (Long.parseLong(number.group()) - 1) * before;
        if (after <= before || entries % after != 0) {
            return null;
        }
        String larger = size.replaceFirst(Integer.toString(after));
        return NUMBER.matcher(larger).replaceFirst(Long.toString(entries / after + 1));
    }

    /**
     * The page behind one that holds a single entry.
     *
     * @return {@code null} where it holds more, or the address does not say which one comes next
     */
    static @Nullable String behindOne(String address) {
        Matcher size = SIZE.matcher(address);
        if (!size.find() || !size.group().equals("1")) {
            return null;
        }
        Matcher number = NUMBER.matcher(address);
        if (number.find()) {
            return number.replaceFirst(Long.toString(Long.parseLong(number.group()) + 1));
        }
        return PAGE.matcher(address).find() ? null : address + "&page=2";
    }
}
