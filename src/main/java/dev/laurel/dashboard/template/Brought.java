package dev.laurel.dashboard.template;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.copy.ColumnChoices;
import dev.laurel.dashboard.copy.CopyProposals;
import dev.laurel.dashboard.copy.CourseWords;
import dev.laurel.dashboard.copy.Criterion;
import dev.laurel.dashboard.copy.SectionChoices;
import dev.laurel.gradebook.ColumnMatch;
import dev.laurel.gradebook.ColumnMatches;
import dev.laurel.gradebook.DescribedColumn;
import dev.laurel.gradebook.LineItem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the badges of a file would be in a course; worked out each time anew: more columns may have been read since. */
@Component
class Brought {

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final ColumnMatches matches;

    private final CopyProposals columns;

    private final BadgeIds badges;

    private final SectionChoices sections;

    private final CourseWords words;

    private final Clock clock;

    Brought(
            RuleSets ruleSets,
            RuleTexts texts,
            ColumnMatches matches,
            CopyProposals columns,
            BadgeIds badges,
            SectionChoices sections,
            CourseWords words,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.matches = matches;
        this.columns = columns;
        this.badges = badges;
        this.sections = sections;
        this.words = words;
        this.clock = clock;
    }

    /**
     * One badge of the file.
     *
     * @param needed badges that it asks for and that are not in the file
     * @param problem why it cannot be one here, with its place in {@code place}; {@code null}: it can
     * @param namesOther whether its words name the course that it comes from, and nobody but its author can say otherwise
     * @param datePast the date on which it was released is over
     */
    record Offer(
            BadgeSet.Badge badge,
            String sentence,
            List<Criterion> criteria,
            List<Needed> needed,
            @Nullable String problem,
            @Nullable String place,
            boolean namesOther,
            boolean datePast) {}

    /**
     * A badge that another one asks for.
     *
     * @param found ours; {@code null}: it must be chosen
     * @param asked this is where the page asks for it
     */
    record Needed(BadgeSet.Other badge, @Nullable Long found, boolean asked) {}

    /**
     * @param here those of the file that the course has
     * @param sections what is asked of the sections that the others are for, by number of the badge
     */
    record Preview(List<Offer> offers, List<BadgeSet.Badge> here, SectionChoices.Asked sections) {}

    /** The columns of the course that a rule can look at. */
    List<LineItem> columns(CourseContext course) {
        return columns.columns(course);
    }

    /**
     * @param chosen columns that were chosen by hand, by the number in the file
     * @param chosenBadges badges that were
     * @param chosenSections sections that were
     */
    Preview of(
            CourseContext course,
            BadgeSet set,
            Map<Long, Long> chosen,
            Map<Long, Long> chosenBadges,
            Map<String, String> chosenSections) {
        Map<Long, RuleSet> here = badges.here(course, set);
        Map<Long, Long> known = badges.known(course, set, chosenBadges);
        Map<Long, LineItem> ours =
                columns.columns(course).stream().collect(Collectors.toMap(LineItem::id, Function.identity()));
        Map<Long, ColumnMatch> found = matches.of(course.tenant(), set.columns(), course.id());
        found.replaceAll((number, match) -> ColumnChoices.withChoice(match, chosen.get(number), ours));
        Map<Long, Long> places = places(found);
        List<LineItem> theirs =
                set.columns().stream().map(DescribedColumn::asItem).toList();
        Map<Long, BadgeSet.Other> others =
                set.others().stream().collect(Collectors.toMap(BadgeSet.Other::number, Function.identity()));
        Set<Long> askedColumns = new HashSet<>();
        Set<Long> askedBadges = new HashSet<>();
        List<Offer> offers = new ArrayList<>();
        for (BadgeSet.Badge badge : set.badges()) {
            if (here.containsKey(badge.number())) {
                continue;
            }
            BadRuleException problem = problem(course, badge.rule(), places, known);
            offers.add(new Offer(
                    badge,
                    texts.sentence(badge.rule(), theirs, set.badgeNames()),
                    badge.rule().lineItemIds().stream()
                            .map(number ->
                                    new Criterion(Objects.requireNonNull(found.get(number)), askedColumns.add(number)))
                            .toList(),
                    badge.rule().badgeIds().stream()
                            .filter(others::containsKey)
                            .map(number -> new Needed(
                                    Objects.requireNonNull(others.get(number)),
                                    known.get(number),
                                    askedBadges.add(number)))
                            .toList(),
                    problem == null ? null : problem.getMessage(),
                    problem == null ? null : problem.place(),
                    words.staysNamed(
                            set.from(),
                            course.title(),
                            badge.description(),
                            badge.criteria() == null ? "" : badge.criteria()),
                    badge.award() != null && badge.award().isPast(clock.instant())));
        }
        Map<Long, Rule> rules = new LinkedHashMap<>();
        offers.forEach(offer -> rules.put(offer.badge().number(), offer.badge().rule()));
        return new Preview(
                offers,
                set.badges().stream()
                        .filter(badge -> here.containsKey(badge.number()))
                        .toList(),
                sections.askOfAll(course, rules, chosenSections));
    }

    private static Map<Long, Long> places(Map<Long, ColumnMatch> found) {
        Map<Long, Long> places = new HashMap<>();
        found.forEach((number, match) -> {
            LineItem place = match.to();
            if (place != null) {
                places.put(number, place.id());
            }
        });
        return places;
    }

    /** What stands in the way once everything that can be chosen is; what is still to be chosen says so itself. */
    private @Nullable BadRuleException problem(
            CourseContext course, Rule rule, Map<Long, Long> places, Map<Long, Long> known) {
        if (!places.keySet().containsAll(rule.lineItemIds()) || !known.keySet().containsAll(rule.badgeIds())) {
            return null;
        }
        try {
            ruleSets.check(course.tenant(), course.id(), 0, rule.onto(places).ontoBadges(known));
            return null;
        } catch (BadRuleException e) {
            return e;
        }
    }
}
