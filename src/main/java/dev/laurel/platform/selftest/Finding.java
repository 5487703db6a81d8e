package dev.laurel.platform.selftest;

import dev.laurel.platform.sql.Varchar;
import java.util.List;

/**
 * What one check found.
 *
 * @param facts numbers and texts that its sentence shows; nothing secret and nothing about a person
 */
public record Finding(Check check, String code, List<Object> facts) {

    private static final int LONGEST_FACT = 500;

    public Finding {
        if (check.outcome(code).isEmpty()) {
            throw new IllegalArgumentException(check + " has no code " + code);
        }
        facts = facts.stream().map(Finding::bounded).toList();
    }

    public static Finding of(Check check, String code, Object... facts) {
        return new Finding(check, code, List.of(facts));
    }

    public Outcome outcome() {
        return check.outcome(code).orElseThrow();
    }

    private static Object bounded(Object fact) {
        if (fact instanceof Number) {
            return fact;
        }
        String text = fact.toString();
        return Varchar.fitWithEllipsis(text, LONGEST_FACT);
    }
}
