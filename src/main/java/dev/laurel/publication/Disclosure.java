package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.credential.Variant;
import java.util.List;

/**
 * What others see of a badge by the choice of its holder, besides her name. Each step of {@link Detail} shows what the one
 * before it shows.
 *
 * @param work what she handed in for it
 */
public record Disclosure(Detail detail, boolean work) {

    /** Where nothing was chosen: what the signed badge says, and nothing besides it. */
    public static final Disclosure USUAL = new Disclosure(Detail.LEVEL, false);

    /** How much of the decision is shown. */
    public enum Detail {
        /** That she has the badge, and not at which level. */
        BADGE,
        LEVEL,
        /** The record of the decision, with every result. */
        RESULTS
    }

    /** Whether the level of this award is kept back, on the page and in every signed form that it offers. */
    public boolean hidesLevel(Award award) {
        return detail == Detail.BADGE && award.level() != null;
    }

    /** The signed forms of this award that others get, the first that there is; never another one. */
    public List<Variant> forms(Award award) {
        if (hidesLevel(award)) {
            return work ? List.of(Variant.BADGE_AND_WORK, Variant.WITHOUT_LEVEL) : List.of(Variant.WITHOUT_LEVEL);
        }
        if (showsResults()) {
            return work
                    ? List.of(Variant.RESULTS_AND_WORK, Variant.WITH_RESULTS, Variant.AS_ISSUED)
                    : List.of(Variant.WITH_RESULTS, Variant.AS_ISSUED);
        }
        return work ? List.of(Variant.LEVEL_AND_WORK, Variant.AS_ISSUED) : List.of(Variant.AS_ISSUED);
    }

    public boolean showsResults() {
        return detail == Detail.RESULTS;
    }

    /** As much of it as says nothing of results and work. */
    public Disclosure withoutResults() {
        return new Disclosure(showsResults() ? Detail.LEVEL : detail, false);
    }
}
