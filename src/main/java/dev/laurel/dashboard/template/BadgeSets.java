package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.template.RuleSetImports;
import dev.laurel.gradebook.ColumnMatches;
import dev.laurel.gradebook.DescribedColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts badges of a course together to be written into a file. */
@Component
class BadgeSets {

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final BadgeImages images;

    private final AwardPolicies policies;

    private final ColumnMatches columns;

    private final RuleSetImports imports;

    BadgeSets(
            RuleSets ruleSets,
            RuleTexts texts,
            Achievements achievements,
            BadgeImages images,
            AwardPolicies policies,
            ColumnMatches columns,
            RuleSetImports imports) {
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.achievements = achievements;
        this.images = images;
        this.policies = policies;
        this.columns = columns;
        this.imports = imports;
    }

    /** These badges of the course as they are in force, with everything that their rules look at. */
    BadgeSet of(CourseContext course, List<RuleSet> chosen) {
        List<DescribedColumn> described = describe(course, chosen);
        Map<Long, Long> places = new HashMap<>();
        List<DescribedColumn> numbered = new ArrayList<>();
        for (DescribedColumn column : described) {
            places.put(column.number(), (long) numbered.size() + 1);
            numbered.add(column.numbered(numbered.size() + 1L));
        }
        Map<Long, Long> numbers = new LinkedHashMap<>();
        chosen.forEach(ruleSet -> numbers.putIfAbsent(ruleSet.achievementId(), numbers.size() + 1L));
        Set<Long> asked = new LinkedHashSet<>();
        chosen.forEach(ruleSet -> asked.addAll(ruleSet.rule().badgeIds()));
        asked.removeAll(numbers.keySet());
        asked.forEach(badge -> numbers.put(badge, numbers.size() + 1L));

        Map<Long, UUID> ids = ids(course, numbers.keySet());
        Map<Long, String> names = achievements.names(course.tenant(), asked);
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                course.tenant(), chosen.stream().map(RuleSet::badge).toList());
        Map<Long, AwardPolicy> chosenPolicies = policies.chosen(
                course.tenant(), chosen.stream().map(RuleSet::id).toList());
        Set<Long> followed = texts.followed(course.tenant(), course.id(), chosen, versions);
        return new BadgeSet(
                course.title(),
                numbered,
                asked.stream()
                        .filter(ids::containsKey)
                        .map(badge -> new BadgeSet.Other(
                                Objects.requireNonNull(numbers.get(badge)),
                                Objects.requireNonNull(ids.get(badge)),
                                names.getOrDefault(badge, "")))
                        .toList(),
                chosen.stream()
                        .filter(ruleSet -> versions.containsKey(ruleSet.badge()))
                        .map(ruleSet -> badge(
                                course,
                                ruleSet,
                                Objects.requireNonNull(versions.get(ruleSet.badge())),
                                followed.contains(ruleSet.id()),
                                ids,
                                numbers,
                                places,
                                chosenPolicies.get(ruleSet.id())))
                        .toList());
    }

    private List<DescribedColumn> describe(CourseContext course, List<RuleSet> chosen) {
        Set<Long> looked = chosen.stream()
                .flatMap(ruleSet -> ruleSet.rule().lineItemIds().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return columns.describe(course.tenant(), course.id(), looked);
    }

    /** A badge that came from a file keeps the id it has there, or it would be another one on its way back. */
    private Map<Long, UUID> ids(CourseContext course, Set<Long> achievementIds) {
        Map<Long, UUID> ids = new HashMap<>(achievements.publicIds(course.tenant(), achievementIds));
        Map<Long, Long> badges = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .collect(Collectors.toMap(RuleSet::id, RuleSet::achievementId));
        imports.into(course.tenant(), course.id()).forEach((id, ruleSet) -> {
            Long badge = badges.get(ruleSet);
            if (badge != null && achievementIds.contains(badge)) {
                ids.put(badge, id);
            }
        });
        return ids;
    }

    private BadgeSet.Badge badge(
            CourseContext course,
            RuleSet ruleSet,
            AchievementVersion version,
            boolean follows,
            Map<Long, UUID> ids,
            Map<Long, Long> numbers,
            Map<Long, Long> places,
            @Nullable AwardPolicy policy) {
        return new BadgeSet.Badge(
                Objects.requireNonNull(numbers.get(ruleSet.achievementId())),
                Objects.requireNonNull(ids.get(ruleSet.achievementId())),
                version.name(),
                version.description(),
                follows ? null : version.criteria(),
                version.colour(),
                version.worth(),
                picture(course, version),
                ruleSet.rule().onto(places).ontoBadges(numbers),
                policy == null ? null : BadgeSet.Award.of(policy));
    }

    private BadgeSet.@Nullable Picture picture(CourseContext course, AchievementVersion version) {
        BadgeImage image = images.find(course.tenant(), version.imageId()).orElse(null);
        return image == null || image.svg() != null ? null : new BadgeSet.Picture(image.png(), image.altText());
    }
}
