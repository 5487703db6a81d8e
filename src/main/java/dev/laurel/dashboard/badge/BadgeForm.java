package dev.laurel.dashboard.badge;

import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.explain.Rules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * What an instructor typed about a badge, exactly as typed, so that nothing is lost when something is wrong.
 *
 * @param several a rule over several columns; otherwise {@code parts} has one
 * @param join a {@link Rules.Join}
 * @param count for "at least … of these"
 * @param suggested the criteria text that Laurel proposed: while the typed one is still the same it follows the rule
 * @param imageId a picture that was uploaded before
 * @param worth what it is worth and for how long; nothing was said where it is left out
 * @param alignments skills of named frameworks; below those that are filled in there are always some to fill in
 * @param details for catalogues and other schools
 * @param keepRule the rule is one that this form cannot show, so it stays as it is
 * @param rule that rule as JSON, for a badge that is not there yet
 */
record BadgeForm(
        @Nullable String several,
        String join,
        String count,
        List<Part> parts,
        String name,
        String description,
        String criteria,
        String suggested,
        String colour,
        @Nullable Long imageId,
        @Nullable String drawn,
        @Nullable MultipartFile picture,
        @Nullable String passback,
        WorthForm worth,
        List<AlignmentForm> alignments,
        DetailsForm details,
        @Nullable String keepRule,
        @Nullable String rule) {

    /** Deep enough for white letters; named in the message files under {@code badge.colour.}. */
    static final List<String> COLOURS =
            List.of("#8a3b12", "#7a5a00", "#3f6212", "#0f5f5a", "#1f4e79", "#4b3a86", "#86265e", "#3f3f46");

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    BadgeForm {
        join = join == null ? Rules.Join.ALL.name() : join;
        count = count == null ? "" : count;
        // Numbers that were left out are holes in the list.
        parts = parts == null
                ? List.of()
                : parts.stream().map(part -> part == null ? Part.NONE : part).toList();
        name = name == null ? "" : name;
        description = description == null ? "" : description;
        criteria = criteria == null ? "" : criteria;
        suggested = suggested == null ? "" : suggested;
        colour = colour == null ? COLOURS.get(0) : colour;
        worth = worth == null ? WorthForm.NOTHING : worth;
        details = details == null ? DetailsForm.NOTHING : details;
        alignments = AlignmentForm.withEmptyOnes(
                alignments == null
                        ? List.of()
                        : alignments.stream()
                                .map(each -> each == null ? AlignmentForm.EMPTY : each)
                                .toList());
    }

    /** One column of the rule. */
    record Part(String column, @Nullable String chosen, String threshold, String unit) {

        static final Part NONE = new Part("", null, "", "PERCENT");

        @SuppressWarnings("NullAway") // as above
        Part {
            column = column == null ? "" : column;
            threshold = threshold == null ? "" : threshold;
            unit = unit == null ? "PERCENT" : unit;
        }

        public boolean isChosen() {
            return chosen != null;
        }

        public boolean isPoints() {
            return "POINTS".equals(unit);
        }
    }

    /** Whether something stands in the part of the form that is folded, because most badges say nothing there. */
    public boolean saysMore() {
        return !worth.equals(WorthForm.NOTHING)
                || !details.equals(DetailsForm.NOTHING)
                || alignments.stream().anyMatch(each -> !each.isEmpty());
    }

    public boolean isSeveral() {
        return several != null;
    }

    public boolean isPassback() {
        return passback != null;
    }

    public boolean isKeepRule() {
        return keepRule != null;
    }

    /** Whether the text follows the rule, because nobody wrote another one. */
    boolean followsRule() {
        return Typed.text(criteria).isEmpty() || Typed.text(criteria).equals(Typed.text(suggested));
    }

    /** The same with this skill below the others. */
    BadgeForm with(AlignmentForm skill) {
        List<AlignmentForm> more = new ArrayList<>(
                alignments.stream().filter(each -> !each.isEmpty()).toList());
        more.add(skill);
        return with(more, criteria, suggested, imageId, picture);
    }

    BadgeForm with(String newCriteria, @Nullable Long newImageId) {
        return with(alignments, newCriteria, followsRule() ? newCriteria : suggested, newImageId, null);
    }

    private BadgeForm with(
            List<AlignmentForm> newAlignments,
            String newCriteria,
            String newSuggested,
            @Nullable Long newImageId,
            @Nullable MultipartFile newPicture) {
        return new BadgeForm(
                several,
                join,
                count,
                parts,
                name,
                description,
                newCriteria,
                newSuggested,
                colour,
                newImageId,
                drawn,
                newPicture,
                passback,
                worth,
                newAlignments,
                details,
                keepRule,
                rule);
    }
}
