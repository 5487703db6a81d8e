package dev.laurel.dashboard.explain;

import java.util.List;

/**
 * What another rule would change in who meets it, as results are now.
 *
 * @param before how many meet the one that stands
 * @param after how many would meet the other
 * @param gaining the names of those who meet only the other
 * @param losing the names of those who meet only the one that stands; a badge that they have they keep
 */
public record RuleChange(int before, int after, List<String> gaining, List<String> losing) {

    /** Whether it is all the same to everybody. */
    public boolean isNothing() {
        return gaining.isEmpty() && losing.isEmpty();
    }
}
