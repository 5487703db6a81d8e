package dev.laurel.dashboard.copy;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.Copies;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.copy.Proposal.Offer;
import dev.laurel.gradebook.ColumnMatch;
import dev.laurel.gradebook.ColumnMatches;
import dev.laurel.gradebook.LineItem;
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

/** Works out what can be taken over into a course, each time anew: more columns may have been read since. */
@Component("copyProposals")
public class CopyProposals {

    private final Copies copies;

    private final Lineage lineage;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final ColumnMatches matches;

    private final NeededBadges needed;

    private final CourseSections courseSections;

    private final SectionChoices sections;

    private final CopyDesk desk;

    private final CourseWords words;

    CopyProposals(
            Copies copies,
            Lineage lineage,
            RuleTexts texts,
            Achievements achievements,
            ColumnMatches matches,
            NeededBadges needed,
            CourseSections courseSections,
            SectionChoices sections,
            CopyDesk desk,
            CourseWords words) {
        this.copies = copies;
        this.lineage = lineage;
        this.texts = texts;
        this.achievements = achievements;
        this.matches = matches;
        this.needed = needed;
        this.courseSections = courseSections;
        this.sections = sections;
        this.desk = desk;
        this.words = words;
    }

    /**
     * What the page of a course says of the courses that it was copied from.
     *
     * @param sources those with badges that are not here, nearest first
     * @param badges how many these are together
     */
    public record Notice(List<CourseContext> sources, int badges) {}

    /** {@code null} where nothing is open, or all was put aside. */
    public @Nullable Notice notice(CourseContext course) {
        List<CourseContext> origins = copies.origins(course.tenant(), course.id());
        if (origins.isEmpty()) {
            return null;
        }
        Set<Long> dismissed = copies.dismissed(course.tenant(), course.id());
        Map<Long, List<RuleSet>> open = lineage.open(course, origins).offered();
        open.keySet().removeAll(dismissed);
        int badges = open.values().stream().mapToInt(List::size).sum();
        return badges == 0
                ? null
                : new Notice(
                        origins.stream()
                                .filter(origin -> open.containsKey(origin.id()))
                                .toList(),
                        badges);
    }

    /** The columns of a course that a rule can look at. */
    public List<LineItem> columns(CourseContext course) {
        return matches.candidates(course.tenant(), course.id());
    }

    /**
     * What each of these courses has; one without any that is here or offered is left out.
     *
     * @param chosen columns of this course that were chosen by hand, by the column they take the place of
     * @param badges badges that were, by those they take the place of
     */
    List<Proposal> of(
            CourseContext course, List<CourseContext> sources, Map<Long, Long> chosen, Map<Long, Long> badges) {
        Lineage.Open found = lineage.open(course, sources);
        Map<Long, List<RuleSet>> open = found.offered();
        Map<AchievementVersion.Key, AchievementVersion> versions = versions(course, open);
        Map<Long, List<NeededBadges.Needed>> asked =
                needed.of(course, open.values().stream().flatMap(List::stream).toList(), badges);
        List<Proposal> proposals = new ArrayList<>();
        for (CourseContext source : sources) {
            List<RuleSet> offered = open.getOrDefault(source.id(), List.of());
            int here = found.here().getOrDefault(source.id(), 0);
            if (here > 0 || !offered.isEmpty()) {
                List<Offer> offers = offers(course, source, offered, versions, chosen, asked);
                proposals.add(
                        new Proposal(source, offers, here, here == found.given().getOrDefault(source.id(), 0)));
            }
        }
        return proposals;
    }

    /** What to ask of the sections that the badges of these are for. */
    SectionChoices.Asked sections(CourseContext course, List<Proposal> proposals, Map<String, String> chosen) {
        Map<Long, Rule> rules = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Proposal proposal : proposals) {
            proposal.offers()
                    .forEach(offer ->
                            rules.put(offer.ruleSet().id(), offer.ruleSet().rule()));
            names.putAll(courseSections.names(course.tenant(), proposal.source().id()));
        }
        return sections.ask(course, rules, names, chosen);
    }

    private Map<AchievementVersion.Key, AchievementVersion> versions(
            CourseContext course, Map<Long, List<RuleSet>> open) {
        Set<AchievementVersion.Key> keys =
                open.values().stream().flatMap(List::stream).map(RuleSet::badge).collect(Collectors.toSet());
        return achievements.versions(course.tenant(), keys);
    }

    private List<Offer> offers(
            CourseContext course,
            CourseContext source,
            List<RuleSet> offered,
            Map<AchievementVersion.Key, AchievementVersion> versions,
            Map<Long, Long> chosen,
            Map<Long, List<NeededBadges.Needed>> needed) {
        if (offered.isEmpty()) {
            return List.of();
        }
        Map<Long, LineItem> here =
                columns(course).stream().collect(Collectors.toMap(LineItem::id, Function.identity()));
        Map<Long, ColumnMatch> found = matches.of(course.tenant(), source.id(), course.id());
        found.replaceAll((from, match) -> ColumnChoices.withChoice(match, chosen.get(from), here));
        Map<Long, String> sentences = texts.sentences(course.tenant(), source.id(), offered);
        Set<Long> followed = texts.followed(course.tenant(), source.id(), offered, versions);
        Set<Long> asked = new HashSet<>();
        return offered.stream()
                .filter(ruleSet -> versions.containsKey(ruleSet.badge()))
                .map(ruleSet -> new Offer(
                        ruleSet,
                        Objects.requireNonNull(versions.get(ruleSet.badge())),
                        sentences.getOrDefault(ruleSet.id(), ""),
                        ruleSet.rule().lineItemIds().stream()
                                .map(found::get)
                                .filter(Objects::nonNull)
                                .map(match -> new Criterion(
                                        match, asked.add(match.from().id())))
                                .toList(),
                        needed.getOrDefault(ruleSet.id(), List.of()),
                        namesOther(
                                course,
                                source,
                                Objects.requireNonNull(versions.get(ruleSet.badge())),
                                followed.contains(ruleSet.id())),
                        desk.staysOver(course, Objects.requireNonNull(versions.get(ruleSet.badge())))))
                .toList();
    }

    private boolean namesOther(
            CourseContext course, CourseContext source, AchievementVersion version, boolean follows) {
        String criteria = follows ? "" : version.criteria();
        return !desk.isShared(course, version)
                && words.staysNamed(source.title(), course.title(), version.description(), version.name(), criteria);
    }

    private static List<Long> ids(List<CourseContext> courses) {
        return courses.stream().map(CourseContext::id).toList();
    }
}
