package dev.laurel.dashboard.badge;

import dev.laurel.criteria.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * What a badge was when its form was opened, so that only what was changed in it is changed.
 *
 * @param read which version of the rule; {@code null}: there was none
 * @param scores {@code on} where its scores were written
 */
public record Opened(@Nullable Integer read, @Nullable String scores) {

    static Opened of(RuleSet ruleSet, boolean passback) {
        return new Opened(ruleSet.version(), passback ? "on" : null);
    }

    boolean isBefore(RuleSet ruleSet) {
        return read != null && read != ruleSet.version();
    }

    public boolean isPassback() {
        return "on".equals(scores);
    }

    Opened again(RuleSet ruleSet) {
        return new Opened(ruleSet.version(), scores);
    }
}
