package dev.laurel.context.link;

import dev.laurel.context.AccountsNamed;
import dev.laurel.context.Contexts;
import dev.laurel.context.PersonErased;
import dev.laurel.context.Profile;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which persons are one human. Accounts of one human at different platforms are persons of their own, with their own
 * results and badges; linked, the badges of each count for the others wherever a rule asks for badges. A link is the
 * learner's own act while she is logged in to both, or the platform's word that two of its accounts are one; never the
 * same e-mail address. It takes nothing away and can be ended.
 */
@Component
public class PersonLinks {

    /** As long as it takes to open the other platform. */
    private static final Duration OFFERED_FOR = Duration.ofMinutes(15);

    private final PersonLinkRepository links;

    private final Contexts contexts;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    PersonLinks(PersonLinkRepository links, Contexts contexts, ApplicationEventPublisher events, Clock clock) {
        this.links = links;
        this.contexts = contexts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The other persons of the same human; who has none is missing. Two statements.
     *
     * @param personIds {@code null}: everybody in the tenant
     */
    public Map<Long, Set<Long>> others(TenantId tenant, @Nullable Collection<Long> personIds) {
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

    /**
     * A code that the learner types where she is logged in with her other account. It works once, within 15 minutes, and
     * takes the place of one that she asked for before.
     */
    @Transactional
    public String offer(TenantId tenant, long personId, long registrationId) {
        String code = Reference.next().value();
        links.offer(
                tenant,
                hash(code),
                new PersonLinkRepository.Offer(personId, registrationId),
                clock.instant().plus(OFFERED_FOR));
        return code;
    }

    /** Whom the code is of; empty where it is not, or no longer, good. */
    public Optional<Long> offeredBy(TenantId tenant, String code) {
        return links.find(tenant, hash(code), clock.instant()).map(PersonLinkRepository.Offer::personId);
    }

    /** Links the account that offered the code with this one, or tells why not. Nothing of a refusal is kept. */
    @Transactional
    public LinkOutcome accept(TenantId tenant, long personId, long registrationId, String code) {
        PersonLinkRepository.Offer offer =
                links.find(tenant, hash(code), clock.instant()).orElse(null);
        if (offer == null) {
            return LinkOutcome.UNKNOWN_CODE;
        }
        if (offer.registrationId() == registrationId || offer.personId() == personId) {
            return LinkOutcome.SAME_PLATFORM;
        }
        Set<Long> both = Set.of(offer.personId(), personId);
        lock(tenant, both);
        if (wouldHaveTwoAccounts(tenant, both)) {
            return LinkOutcome.LINKED_ALREADY;
        }
        if (!links.use(tenant, hash(code))) {
            // Somebody typed it at the same moment.
            return LinkOutcome.UNKNOWN_CODE;
        }
        Optional<LinkCase.Reason> doubt = doubt(tenant, offer.personId(), personId);
        if (doubt.isPresent()) {
            links.ask(tenant, offer.personId(), personId, doubt.get(), clock.instant());
            return LinkOutcome.WAITS_FOR_STAFF;
        }
        link(tenant, both, "LEARNER");
        return LinkOutcome.LINKED;
    }

    /** One human has one account at each platform, unless the platform itself made several one. */
    private boolean wouldHaveTwoAccounts(TenantId tenant, Set<Long> both) {
        Iterator<Long> sides = both.iterator();
        return !Collections.disjoint(platforms(tenant, sides.next()), platforms(tenant, sides.next()));
    }

    private Set<Long> platforms(TenantId tenant, long personId) {
        Set<Long> platforms = new HashSet<>();
        contexts.registrations(tenant, together(tenant, Set.of(personId)))
                .values()
                .forEach(platforms::addAll);
        return platforms;
    }

    /** Whoever is linked with either of them becomes one human with the other one too, so all of them are compared. */
    private Optional<LinkCase.Reason> doubt(TenantId tenant, long one, long other) {
        Set<Long> ones = together(tenant, Set.of(one));
        Set<Long> others = together(tenant, Set.of(other));
        if (links.wasRefused(tenant, ones, others)) {
            return Optional.of(LinkCase.Reason.REFUSED_BEFORE);
        }
        Set<Long> all = new HashSet<>(ones);
        all.addAll(others);
        if (links.wasLinkedElsewhere(tenant, all)) {
            return Optional.of(LinkCase.Reason.LINKED_BEFORE);
        }
        Map<Long, Profile> profiles = contexts.profiles(tenant, all);
        boolean sameName = SameName.is(of(profiles, one), of(profiles, other));
        for (long each : ones) {
            Profile first = of(profiles, each);
            for (long with : others) {
                Profile second = of(profiles, with);
                if (first.sisId() != null
                        && second.sisId() != null
                        && !first.sisId().equals(second.sisId())) {
                    return Optional.of(LinkCase.Reason.SIS_IDS);
                }
                boolean named =
                        first.fullName().isPresent() && second.fullName().isPresent();
                sameName &= !named || SameName.is(first, second);
            }
        }
        return sameName ? Optional.empty() : Optional.of(LinkCase.Reason.NAMES);
    }

    private static Profile of(Map<Long, Profile> profiles, long person) {
        return Objects.requireNonNullElse(profiles.get(person), Profile.UNKNOWN);
    }

    /** Takes a link apart again; the badges of each account stay with it. Answers whether there was one. */
    @Transactional
    public boolean unlink(TenantId tenant, long personId) {
        if (others(tenant, List.of(personId)).isEmpty()) {
            return false;
        }
        Set<Long> human = lock(tenant, Set.of(personId));
        end(tenant, human);
        return true;
    }

    private void end(TenantId tenant, Set<Long> human) {
        links.end(tenant, human, now());
        events.publishEvent(new PersonLinksChanged(tenant, human));
    }

    /** Those that wait for a decision, the oldest first. */
    public List<LinkCase> open(TenantId tenant) {
        return links.openCases(tenant);
    }

    /** Empty where there is no such case. */
    @Transactional
    public Optional<CaseOutcome> decide(TenantId tenant, long caseId, boolean accepted, long byPerson) {
        Optional<LinkCase> open = links.openCase(tenant, caseId);
        if (open.isEmpty()) {
            return links.hasCase(tenant, caseId) ? Optional.of(CaseOutcome.DECIDED_BEFORE) : Optional.empty();
        }
        Set<Long> both = Set.of(open.get().one(), open.get().other());
        lock(tenant, both);
        if (links.lockCase(tenant, caseId).isEmpty()) {
            return Optional.of(CaseOutcome.DECIDED_BEFORE);
        }
        if (accepted && wouldHaveTwoAccounts(tenant, both)) {
            return Optional.of(CaseOutcome.LINKED_ALREADY);
        }
        links.decide(tenant, caseId, accepted, byPerson, now());
        if (accepted) {
            link(tenant, both, "STAFF");
        }
        return Optional.of(accepted ? CaseOutcome.LINKED : CaseOutcome.KEPT_APART);
    }

    /**
     * The platform itself says which of its accounts are one, as Canvas does after users were merged, and which are not, or
     * not any more. Only its own word ever brought two of its accounts together.
     */
    @EventListener
    void on(AccountsNamed named) {
        tellApart(named);
        named.same().forEach(personIds -> join(named.tenant(), personIds));
    }

    /** Whose the links with other platforms are nobody knows then, so all of that human end; each can link hers anew. */
    private void tellApart(AccountsNamed named) {
        TenantId tenant = named.tenant();
        for (long person : others(tenant, named.personIds()).keySet()) {
            Set<Long> human = lock(tenant, Set.of(person));
            Collection<String> users = contexts.platformUsers(tenant, named.registrationId(), human)
                    .values();
            if (new HashSet<>(users).size() > 1) {
                end(tenant, human);
            }
        }
    }

    private void join(TenantId tenant, Set<Long> personIds) {
        Map<Long, Long> humans = links.humans(tenant, personIds);
        if (!humans.keySet().containsAll(personIds) || new HashSet<>(humans.values()).size() > 1) {
            lock(tenant, personIds);
            link(tenant, personIds, "PLATFORM");
        }
    }

    /**
     * Nobody else links these, or whoever is linked with them, until the transaction ends. Answers all of them. They are
     * locked in the order of their numbers; only where somebody joined them in between, the newcomers come after.
     */
    private Set<Long> lock(TenantId tenant, Set<Long> personIds) {
        Set<Long> locked = Set.of();
        Set<Long> all = together(tenant, personIds);
        while (!locked.containsAll(all)) {
            links.lock(tenant, all);
            locked = all;
            all = together(tenant, personIds);
        }
        return all;
    }

    private Set<Long> together(TenantId tenant, Set<Long> personIds) {
        Set<Long> all = new TreeSet<>(personIds);
        others(tenant, personIds).values().forEach(all::addAll);
        return all;
    }

    /** Whoever was linked with one of them is linked with all. */
    private void link(TenantId tenant, Set<Long> personIds, String how) {
        Set<Long> human = together(tenant, personIds);
        Instant now = now();
        links.end(tenant, human, now);
        links.link(tenant, human, human.iterator().next(), how, now);
        events.publishEvent(new PersonLinksChanged(tenant, human));
    }

    /** Before what she held is forgotten: whoever it counted for is looked at again without it. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(PersonErased erased) {
        unlink(erased.tenant(), erased.personId());
        links.withdraw(erased.tenant(), erased.personId());
        links.forgetCases(erased.tenant(), erased.personId());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static byte[] hash(String code) {
        return Sha256.of(code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }
}
