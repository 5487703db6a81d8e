package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found so far; of two findings about one name the worse one stays. */
final class Findings {

    private static final int LONGEST_DETAIL = 200;

    private final Map<Name, Check> checks = new LinkedHashMap<>();

    void passed(Name name) {
        add(name, Result.PASSED, null, null);
    }

    void warn(Name name, Reason reason, @Nullable String detail) {
        add(name, Result.WARNING, reason, detail);
    }

    void unknown(Name name, Reason reason, @Nullable String detail) {
        add(name, Result.UNKNOWN, reason, detail);
    }

    void failed(Name name, Reason reason, @Nullable String detail) {
        add(name, Result.FAILED, reason, detail);
    }

    void refused(Name name, RefusedException refused) {
        add(name, refused.leavesOpen() ? Result.UNKNOWN : Result.FAILED, refused.reason(), refused.detail());
    }

    void add(Name name, Result result, @Nullable Reason reason, @Nullable String detail) {
        Check check = new Check(name, result, reason, detail == null ? null : shown(detail));
        checks.merge(name, check, (before, now) -> now.isWorseThan(before) ? now : before);
    }

    /** What a stricter look found as well; where it found something wrong of which the reason is known, that is the reason. */
    void stricter(Check check) {
        Check known = checks.get(check.name());
        Check why = known == null || known.reason() == null || check.reason() == null ? check : known;
        add(check.name(), check.result(), why.reason(), why.detail());
    }

    boolean hasFailed() {
        return checks.values().stream().anyMatch(check -> check.result() == Result.FAILED);
    }

    List<Check> all() {
        return List.copyOf(checks.values());
    }

    private static String shown(String text) {
        String plain = text.codePoints()
                .limit(LONGEST_DETAIL)
                .filter(c -> Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() < text.length() ? plain + "…" : plain;
    }
}
