package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which awards a button was about, short enough for an address. What came later is not meant; where one of them is gone, or
 * another one is among them, the button does nothing.
 */
final class ShownAwards {

    private static final Pattern MARK = Pattern.compile("[0-9]{1,18}-[0-9a-f]{1,8}");

    private ShownAwards() {}

    /** The last of them, and a sum over all. */
    static String mark(List<Award> shown) {
        List<Long> ids = shown.stream().map(Award::id).sorted().toList();
        long last = ids.isEmpty() ? 0 : ids.get(ids.size() - 1);
        return last + "-" + Integer.toHexString(ids.hashCode());
    }

    /** Those of these that were shown; empty where they are others by now. */
    static Optional<List<Award>> among(List<Award> waiting, String mark) {
        if (!MARK.matcher(mark).matches()) {
            return Optional.empty();
        }
        long last = Long.parseLong(mark.substring(0, mark.indexOf('-')));
        List<Award> shown = waiting.stream().filter(award -> award.id() <= last).toList();
        return mark(shown).equals(mark) ? Optional.of(shown) : Optional.empty();
    }
}
