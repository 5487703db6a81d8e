package dev.laurel.dashboard.shelf;

import java.util.List;

/**
 * So much of a list as one page shows.
 *
 * @param from the number of the first one shown, from 0
 * @param size of a page
 * @param all how many there are
 */
record Slice<T>(List<T> shown, int from, int size, int all) {

    /** @param from as it came with the address: what is beyond the list means its beginning */
    static <T> Slice<T> of(List<T> all, int from, int size) {
        int first = from < 0 || from >= all.size() ? 0 : from - from % size;
        return new Slice<>(all.subList(first, Math.min(all.size(), first + size)), first, size, all.size());
    }

    /** Where the page before begins; -1 where this is the first. */
    public int previous() {
        return from == 0 ? -1 : from - size;
    }

    /** Where the next page begins; -1 where this is the last. */
    public int next() {
        return from + size < all ? from + size : -1;
    }

    public boolean isWhole() {
        return all <= size;
    }
}
