package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a badge of another organisation, which the learner brought.
 *
 * @param by what of the badge is looked at
 * @param is the id that it must have: of an achievement, an issuer, or what it is aligned to
 * @param issuers whose badges count; empty: of an achievement, whoever has its address
 * @param name what it is called, for people
 */
public record BroughtBadge(By by, String is, List<String> issuers, String name) implements Rule.Leaf {

    static final String TYPE = "broughtBadge";

    private static final Pattern ID = Pattern.compile("(https?://|did:|urn:)[^\\s\"<>\\\\]{1,480}");

    private static final int LONGEST_NAME = 200;

    private static final int MOST_ISSUERS = 20;

    public BroughtBadge {
        issuers = List.copyOf(issuers);
    }

    /** What of a badge is compared. */
    public enum By {
        ACHIEVEMENT,
        ISSUER,
        /** Anybody can align a badge to anything, so it takes issuers whose word counts. */
        ALIGNMENT
    }

    static BroughtBadge read(RuleFields.Reader fields) {
        return new BroughtBadge(
                fields.choice("by", By.values(), By.ACHIEVEMENT),
                fields.text("is"),
                fields.get("issuers") == null ? List.of() : fields.texts("issuers"),
                fields.text("name"));
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).choice("by", by, By.ACHIEVEMENT).text("is", is);
        if (!issuers.isEmpty()) {
            fields.texts("issuers", issuers);
        }
        fields.text("name", name);
    }

    /** Whether a badge is one of those that count. */
    public boolean accepts(@Nullable String achievement, String issuer, Collection<String> alignments) {
        if (!issuers.isEmpty() && !issuers.contains(issuer)) {
            return false;
        }
        return switch (by) {
            case ACHIEVEMENT -> is.equals(achievement);
            case ISSUER -> is.equals(issuer);
            case ALIGNMENT -> alignments.contains(is) && !issuers.isEmpty();
        };
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Line line(Facts learner) {
        boolean held = learner.brought(this) != null;
        return LineBuilder.of(TYPE, name)
                .asks(BigDecimal.ONE, Evaluation.Unit.DONE)
                .is(held ? Verdict.MET : Verdict.NOT_MET, held ? "" : "not-brought");
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (!ID.matcher(is).matches()) {
            throw new BadRuleException(place + "/is", "rule.bad.badge-id");
        }
        if (issuers.size() > MOST_ISSUERS
                || !issuers.stream().allMatch(issuer -> ID.matcher(issuer).matches())
                || issuers.isEmpty() && by == By.ALIGNMENT
                || !issuers.isEmpty() && by == By.ISSUER) {
            throw new BadRuleException(place + "/issuers", "rule.bad.badge-issuers");
        }
        if (Set.copyOf(issuers).size() < issuers.size()) {
            throw new BadRuleException(place + "/issuers", "rule.bad.twice");
        }
        if (name.length() > LONGEST_NAME) {
            throw new BadRuleException(place + "/name", "rule.bad.badge-name");
        }
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String said = words.word("brought." + by.name().toLowerCase(Locale.ROOT), words.apart(name), words.apart(is));
        return issuers.isEmpty()
                ? said
                : words.word(
                        "brought.from",
                        said,
                        words.list(issuers.stream().map(words::apart).toList(), "or"));
    }
}
