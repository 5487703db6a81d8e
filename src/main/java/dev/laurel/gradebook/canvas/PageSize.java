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
    private static final Pattern PERSON = Pattern.compile("[?&]student_ids(?:\\[]|%5B%5D)=[0-9]");

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
