package dev.laurel.platform.selftest;

import dev.laurel.platform.tool.LtiScope;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a self-test looks at, in the order of its page, each with the codes that it can end in. A code stands
 * for one sentence, {@code selftest.<check>.<code>}, and unless all is well for one that says what to do,
 * {@code selftest.<check>.<code>.mend}.
 */
public enum Check {
    PUBLIC_URL(Part.INSTALLATION, "answers", "unreachable other-answer plain-http", "local private"),
    OWN_KEYS(Part.INSTALLATION, "published", "no-answer no-keys other-keys", "private"),
    DATABASE(Part.OPERATOR, "fine", "old encoding", ""),
    MASTER_KEY(Part.OPERATOR, "fits", "wrong", ""),
    JOBS(Part.OPERATOR, "alive", "slow stuck set-aside", ""),
    MAIL(Part.OPERATOR, "answers", "no-answer", "none"),
    PLATFORM_KEYS(Part.CONNECTION, "readable", "no-answer status no-key-set no-key", ""),
    CLOCK(Part.CONNECTION, "near", "apart launch-ahead", "no-time"),
    DEPLOYMENTS(Part.CONNECTION, "active", "pending disabled", "none"),
    COOKIES(Part.CONNECTION, "partitioned everywhere", "lost", "unframed nobody"),
    DEEP_LINKING(Part.CONNECTION, "seen", "", "never"),
    SCOPE_LINE_ITEM(LtiScope.LINE_ITEM),
    SCOPE_LINE_ITEM_READONLY(LtiScope.LINE_ITEM_READ),
    SCOPE_RESULT_READONLY(LtiScope.RESULT_READ),
    SCOPE_SCORE(LtiScope.SCORE),
    SCOPE_MEMBERSHIP_READONLY(LtiScope.MEMBERSHIP_READ),
    LINE_ITEMS(Part.SERVICE, "read", "not-offered failed", "no-course"),
    COLUMN(Part.SERVICE, "made-and-deleted", "not-allowed not-made not-deleted", "not-asked no-course"),
    RESULTS(Part.SERVICE, "read", "not-offered failed", "no-course no-column"),
    ROSTER(Part.SERVICE, "read", "not-offered failed", "no-course");

    /** Nobody has made the check yet. */
    public static final String WAITING = "waiting";

    /** The check could not be made, by a fault of Laurel's own. */
    public static final String BROKEN = "broken";

    /** What checks are grouped by. */
    public enum Part {
        /** Of the installation, and also worth knowing for an institution. */
        INSTALLATION,
        /** Of the installation, for its operator only. */
        OPERATOR,
        CONNECTION,
        PERMISSION,
        SERVICE
    }

    private final Part part;

    private final Map<String, Outcome> codes = new LinkedHashMap<>();

    private final @Nullable LtiScope scope;

    Check(Part part, String ok, String problems, String untested) {
        this(part, null, ok, problems, untested);
    }

    /** Whether the platform gives a token of this scope. */
    Check(LtiScope scope) {
        this(Part.PERMISSION, scope, "granted", "not-granted refused no-answer", "");
    }

    Check(Part part, @Nullable LtiScope scope, String ok, String problems, String untested) {
        this.part = part;
        this.scope = scope;
        add(ok, Outcome.OK);
        add(problems, Outcome.PROBLEM);
        add(untested, Outcome.NOT_TESTED);
        add(WAITING + " " + BROKEN, Outcome.NOT_TESTED);
    }

    public Part part() {
        return part;
    }

    /** The permission that is asked for; empty in a check of anything else. */
    public Optional<LtiScope> scope() {
        return Optional.ofNullable(scope);
    }

    /** As it stands in message keys, files and addresses, e.g. {@code public-url}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every code that it can end in. */
    public Set<String> codes() {
        return codes.keySet();
    }

    /** What the code stands for; empty for one that this version does not know. */
    public Optional<Outcome> outcome(String code) {
        return Optional.ofNullable(codes.get(code));
    }

    private void add(String list, Outcome outcome) {
        for (String code : list.split(" ")) {
            if (!code.isEmpty()) {
                codes.put(code, outcome);
            }
        }
    }
}
