package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.LineItem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns of Moodle that belong to Laurel: it shows them over AGS, where their addresses end in the number that they have
 * in the gradebook ({@code …/lineitems/17/lineitem}). Those that Laurel writes are inputs of nothing; the others are read
 * over AGS as long as that works, so that no column comes twice.
 */
record ToolItems(Set<String> written, Set<String> leftToAgs) {

    private static final Pattern ADDRESS = Pattern.compile("[^?#]*/lineitems/(\\d{1,18})/lineitem(?:[?#].*)?");

    /** @param items every column that is known of the course, deleted ones included */
    static ToolItems of(Collection<LineItem> items, boolean agsReads) {
        Set<String> written = new HashSet<>();
        Set<String> left = new HashSet<>();
        for (LineItem item : items) {
            Matcher address = ADDRESS.matcher(item.externalId());
            if (item.source().equals("ags") && address.matches()) {
                if (item.output()) {
                    written.add(address.group(1));
                }
                if (item.output() || agsReads) {
                    left.add(address.group(1));
                }
            }
        }
        return new ToolItems(written, left);
    }

    boolean isOutput(String item) {
        return written.contains(item);
    }

    boolean isLeftToAgs(String item) {
        return leftToAgs.contains(item);
    }
}
