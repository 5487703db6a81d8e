package dev.laurel.gradebook.canvas;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of whom grades were left out, because Canvas says more of them than Laurel takes in.
 *
 * @param count of how many students at least
 * @param users who they may be, by Canvas's numbers; {@code null} where it may be anybody
 */
record LeftOut(int count, @Nullable Set<String> users) {

    static final LeftOut NOBODY = new LeftOut(0, Set.of());

    /** Of more it is not kept who they are: a bookmark is short. */
    private static final int MOST_NAMED = 10;

    private static final int LONGEST = 100;

    /** One more, of whom it is not known who she is. */
    LeftOut andOne() {
        return new LeftOut(count + 1, null);
    }

    /** None but these may be among them. */
    LeftOut among(Collection<String> others) {
        return count == 0 ? NOBODY : new LeftOut(count, others.size() > MOST_NAMED ? null : Set.copyOf(others));
    }

    /**
     * What a look left out beside: it may be of those who are known already.
     *
     * @param rows results of whoever it may be
     * @param more of whom nothing could be read
     */
    LeftOut beside(int rows, Set<String> more) {
        int atLeast = Math.max(count, rows + more.size());
        if (rows > 0 || users == null) {
            return new LeftOut(atLeast, null);
        }
        Set<String> all = new LinkedHashSet<>(users);
        all.addAll(more);
        return new LeftOut(atLeast, all);
    }

    boolean mayBe(String user) {
        return count > 0 && (users == null || users.contains(user));
    }

    static LeftOut parse(String text) {
        String[] parts = text.split(":", 2);
        int count = Integer.parseInt(parts[0]);
        if (count == 0) {
            return NOBODY;
        }
        return new LeftOut(count, parts.length == 1 ? null : Set.copyOf(List.of(parts[1].split(","))));
    }

    @Override
    public String toString() {
        String named = users == null ? "" : String.join(",", users);
        return users == null || count == 0 || named.length() > LONGEST ? Integer.toString(count) : count + ":" + named;
    }
}
