package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.context.link.PersonLinksChanged;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who holds which badges. Rules that ask for one look again when it is held, lost, or has run its time. */
@Component
class HeldBadges {

    private final HeldAchievementRepository held;

    private final RuleSetBadges badges;

    private final Achievements achievements;

    private final PersonLinks links;

    private final EvaluationQueue queue;

    private final Clock clock;

    HeldBadges(
            HeldAchievementRepository held,
            RuleSetBadges badges,
            Achievements achievements,
            PersonLinks links,
            EvaluationQueue queue,
            Clock clock) {
        this.held = held;
        this.badges = badges;
        this.achievements = achievements;
        this.links = links;
        this.queue = queue;
        this.clock = clock;
    }

    @Transactional
    void record(TenantId tenant, Collection<HeldAchievement> now) {
        if (now.isEmpty()) {
            return;
        }
        held.save(tenant, withCredits(tenant, now));
        Map<Long, Set<Long>> people = new HashMap<>();
        now.forEach(each -> people.computeIfAbsent(each.achievementId(), badge -> new TreeSet<>())
                .add(each.personId()));
        lookAgain(tenant, people);
        now.stream()
                .filter(each -> each.standing() == HeldAchievement.Standing.HELD)
                .map(each -> end(each.achievementId(), each.until()))
                .filter(Objects::nonNull)
                .distinct()
                .filter(end -> end.at().isAfter(clock.instant()))
                .forEach(end -> queue.whenHeldEnds(tenant, end));
    }

    /** The job: these held the badge until this moment. */
    @Transactional
    void ended(TenantId tenant, String subject) {
        End end = End.parse(subject);
        Set<Long> people = new TreeSet<>(held.heldUntil(tenant, end.achievementId(), end.at()));
        if (!people.isEmpty()) {
            lookAgain(tenant, Map.of(end.achievementId(), people));
            // It may be renewed by less than it was earned by, once it is over.
            lookAgainWhereGiven(tenant, Map.of(end.achievementId(), people), any -> true);
        }
    }

    /** What these people hold counts, or does not any more, for one another. */
    @EventListener
    void on(PersonLinksChanged changed) {
        Map<Long, Set<Long>> people = new HashMap<>();
        held.everHeldBy(changed.tenant(), changed.personIds()).forEach(badge -> people.put(badge, changed.personIds()));
        if (!people.isEmpty()) {
            lookAgain(changed.tenant(), people);
        }
    }

    private List<HeldAchievement> withCredits(TenantId tenant, Collection<HeldAchievement> now) {
        Set<AchievementVersion.Key> versions =
                now.stream().map(HeldAchievement::badge).collect(Collectors.toSet());
        Map<AchievementVersion.Key, BigDecimal> worth = new HashMap<>();
        achievements.versions(tenant, versions).forEach((badge, version) -> {
            BigDecimal credits = version.credits();
            if (credits != null) {
                worth.put(badge, credits);
            }
        });
        return now.stream()
                .map(each -> each.credits() == null ? each.worth(worth.get(each.badge())) : each)
                .toList();
    }

    private void lookAgain(TenantId tenant, Map<Long, Set<Long>> holders) {
        Map<Long, Set<Long>> people = withOtherAccounts(tenant, holders);
        lookAgain(tenant, people, badges.asking(tenant, people.keySet()));
    }

    /** The courses that give these badges, not those that ask for them. */
    void lookAgainWhereGiven(TenantId tenant, Map<Long, Set<Long>> people, LongPredicate courses) {
        if (!people.isEmpty()) {
            lookAgain(
                    tenant,
                    people,
                    badges.giving(tenant, people.keySet()).stream()
                            .filter(binding -> courses.test(binding.contextId()))
                            .toList());
        }
    }

    private void lookAgain(TenantId tenant, Map<Long, Set<Long>> people, List<RuleSetBadges.Binding> by) {
        Map<Long, Set<Long>> byContext = new TreeMap<>();
        by.forEach(binding -> byContext
                .computeIfAbsent(binding.contextId(), context -> new TreeSet<>())
                .addAll(people.getOrDefault(binding.achievementId(), Set.of())));
        byContext.forEach((context, those) -> queue.everythingOf(tenant, context, those));
    }

    private Map<Long, Set<Long>> withOtherAccounts(TenantId tenant, Map<Long, Set<Long>> holders) {
        Set<Long> everybody = holders.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        Map<Long, Set<Long>> others = links.others(tenant, everybody);
        if (others.isEmpty()) {
            return holders;
        }
        Map<Long, Set<Long>> people = new HashMap<>();
        holders.forEach((badge, those) -> {
            Set<Long> all = new TreeSet<>(those);
            those.forEach(person -> all.addAll(others.getOrDefault(person, Set.of())));
            people.put(badge, all);
        });
        return people;
    }

    private static @Nullable End end(long achievementId, @Nullable Instant until) {
        return until == null ? null : new End(achievementId, until.truncatedTo(ChronoUnit.MICROS));
    }

    /** A badge of one or many people ends at one moment. */
    record End(long achievementId, Instant at) {

        static End parse(String text) {
            String[] parts = text.split("@", 2);
            return new End(Long.parseLong(parts[0]), Instant.parse(parts[1]));
        }

        @Override
        public String toString() {
            return achievementId + "@" + at;
        }
    }
}
