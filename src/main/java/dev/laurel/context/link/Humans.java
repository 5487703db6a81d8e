package dev.laurel.context.link;

import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Who is one human, as it follows from the acts that brought two persons together each. Everything that changes it runs
 * inside the caller's transaction, under the lock on those whom it is about.
 */
@Component
class Humans {

    /** Who said that two persons are one human. */
    enum How {
        LEARNER,
        STAFF,
        PLATFORM
    }

    /** Two persons who were brought together. */
    record Act(long one, long other, How how) {

        boolean isOf(long person, long with) {
            return Set.of(one, other).equals(Set.of(person, with));
        }

        boolean names(long person) {
            return one == person || other == person;
        }

        /** Only the platform takes back what it says of its own accounts. */
        boolean isByPeople() {
            return how != How.PLATFORM;
        }
    }

    private final PersonLinkRepository links;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Humans(PersonLinkRepository links, ApplicationEventPublisher events, Clock clock) {
        this.links = links;
        this.events = events;
        this.clock = clock;
    }

    /** As {@link PersonLinks#others}. */
    Map<Long, Set<Long>> others(TenantId tenant, @Nullable Collection<Long> personIds) {
        Map<Long, Set<Long>> persons = links.persons(
                tenant,
                personIds == null
                        ? null
                        : new HashSet<>(links.humans(tenant, personIds).values()));
        Map<Long, Set<Long>> others = new HashMap<>();
        for (Set<Long> human : persons.values()) {
            for (long person : human) {
                Set<Long> rest = new TreeSet<>(human);
                rest.remove(person);
                if (!rest.isEmpty() && (personIds == null || personIds.contains(person))) {
                    others.put(person, rest);
                }
            }
        }
        return others;
    }

    /** These and whoever is one human with one of them. */
    Set<Long> together(TenantId tenant, Set<Long> personIds) {
        Set<Long> all = new TreeSet<>(personIds);
        others(tenant, personIds).values().forEach(all::addAll);
        return all;
    }

    /**
     * Nobody else links these, or whoever is linked with them, until the transaction ends. Answers all of them. They are
     * locked in the order of their numbers; only where somebody joined them in between, the newcomers come after.
     */
    Set<Long> lock(TenantId tenant, Set<Long> personIds) {
        Set<Long> locked = Set.of();
        Set<Long> all = together(tenant, personIds);
        while (!locked.containsAll(all)) {
            links.lock(tenant, all);
            locked = all;
            all = together(tenant, personIds);
        }
        return all;
    }

    /** Whoever was linked with one of them is linked with both. */
    void link(TenantId tenant, long one, long other, How how) {
        Set<Long> human = together(tenant, Set.of(one, other));
        Instant now = clock.instant();
        links.act(tenant, Math.min(one, other), Math.max(one, other), how, now);
        links.end(tenant, human, now);
        links.link(tenant, human, human.iterator().next(), how, now);
        events.publishEvent(new PersonLinksChanged(tenant, human));
    }

    /** Keeps that these two, who are one human already, were said to be one by themselves, too. */
    void confirm(TenantId tenant, long one, long other, How how) {
        if (links.acts(tenant, Set.of(one, other)).isEmpty()) {
            links.act(tenant, Math.min(one, other), Math.max(one, other), how, clock.instant());
        }
    }

    /** What brought these together. */
    List<Act> acts(TenantId tenant, Set<Long> human) {
        return links.acts(tenant, human);
    }

    /** Ends these acts of one human: who is together by others stays so. */
    void part(TenantId tenant, Set<Long> human, Collection<Act> ended) {
        Instant now = clock.instant();
        List<Act> left = new ArrayList<>(links.acts(tenant, human));
        left.removeAll(ended);
        ended.forEach(act -> links.endAct(tenant, act, now));
        List<Set<Long>> parts = connected(human, left);
        if (parts.size() == 1) {
            return;
        }
        links.end(tenant, human, now);
        for (Set<Long> part : parts) {
            left.stream()
                    .filter(act -> part.contains(act.one()))
                    .map(Act::how)
                    .min(How::compareTo)
                    .ifPresent(how -> links.link(tenant, part, part.iterator().next(), how, now));
        }
        events.publishEvent(new PersonLinksChanged(tenant, human));
    }

    private static List<Set<Long>> connected(Set<Long> human, List<Act> acts) {
        Map<Long, Set<Long>> partOf = new HashMap<>();
        human.forEach(person -> partOf.put(person, new TreeSet<>(Set.of(person))));
        for (Act act : acts) {
            Set<Long> both = new TreeSet<>();
            both.addAll(partOf.getOrDefault(act.one(), Set.of()));
            both.addAll(partOf.getOrDefault(act.other(), Set.of()));
            both.forEach(person -> partOf.put(person, both));
        }
        return partOf.values().stream().distinct().toList();
    }
}
