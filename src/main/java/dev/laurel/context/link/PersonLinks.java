package dev.laurel.context.link;

import dev.laurel.context.Contexts;
import dev.laurel.context.PeopleAboutToChange;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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

    private final Humans humans;

    private final Doubts doubts;

    private final Contexts contexts;

    private final Clock clock;

    PersonLinks(PersonLinkRepository links, Humans humans, Doubts doubts, Contexts contexts, Clock clock) {
        this.links = links;
        this.humans = humans;
        this.doubts = doubts;
        this.contexts = contexts;
        this.clock = clock;
    }

    /**
     * The other persons of the same human; who has none is missing. Two statements.
     *
     * @param personIds {@code null}: everybody in the tenant
     */
    public Map<Long, Set<Long>> others(TenantId tenant, @Nullable Collection<Long> personIds) {
        return humans.others(tenant, personIds);
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
        humans.lock(tenant, both);
        if (wouldHaveTwoAccounts(tenant, both)) {
            return LinkOutcome.LINKED_ALREADY;
        }
        if (!links.use(tenant, hash(code))) {
            // Somebody typed it at the same moment.
            return LinkOutcome.UNKNOWN_CODE;
        }
        Optional<LinkCase.Reason> doubt = doubts.ofLearner(tenant, offer.personId(), personId);
        if (doubt.isPresent()) {
            links.ask(tenant, offer.personId(), personId, doubt.get(), clock.instant());
            return LinkOutcome.WAITS_FOR_STAFF;
        }
        humans.link(tenant, offer.personId(), personId, Humans.How.LEARNER);
        return LinkOutcome.LINKED;
    }

    /** One human has one account at each platform, unless the platform itself made several one. */
    private boolean wouldHaveTwoAccounts(TenantId tenant, Set<Long> both) {
        Iterator<Long> sides = both.iterator();
        return !Collections.disjoint(platforms(tenant, sides.next()), platforms(tenant, sides.next()));
    }

    private Set<Long> platforms(TenantId tenant, long personId) {
        Set<Long> platforms = new HashSet<>();
        contexts.registrations(tenant, humans.together(tenant, Set.of(personId)))
                .values()
                .forEach(platforms::addAll);
        return platforms;
    }

    /** Of whose being one their platform speaks itself: it may know several accounts of hers. */
    private boolean isOfOnePlatform(TenantId tenant, LinkCase said) {
        if (said.reason() == LinkCase.Reason.TOLD_APART) {
            return true;
        }
        Map<Long, Set<Long>> platforms = contexts.registrations(tenant, Set.of(said.one(), said.other()));
        return platforms.getOrDefault(said.one(), Set.of()).stream()
                .anyMatch(registration -> contexts.isOneAccount(tenant, registration, said.one(), said.other())
                        .orElse(false));
    }

    /** Whether she, or the institution, linked her with anybody: what only her platform says, it alone takes back. */
    public boolean canUnlink(TenantId tenant, long personId) {
        return humans.acts(tenant, humans.together(tenant, Set.of(personId))).stream()
                .anyMatch(Humans.Act::isByPeople);
    }

    /**
     * Takes apart again what people linked; the badges of each account stay with it. Accounts that their platform says are
     * one stay one. Answers whether there was a link.
     */
    @Transactional
    public boolean unlink(TenantId tenant, long personId) {
        return end(tenant, personId, Humans.Act::isByPeople);
    }

    private boolean end(TenantId tenant, long personId, Predicate<Humans.Act> which) {
        Set<Long> human = humans.lock(tenant, Set.of(personId));
        List<Humans.Act> ended =
                humans.acts(tenant, human).stream().filter(which).toList();
        humans.part(tenant, human, ended);
        return !ended.isEmpty();
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
            return links.findCase(tenant, caseId).isPresent()
                    ? Optional.of(CaseOutcome.DECIDED_BEFORE)
                    : Optional.empty();
        }
        Set<Long> both = Set.of(open.get().one(), open.get().other());
        humans.lock(tenant, both);
        if (links.lockCase(tenant, caseId).isEmpty()) {
            return Optional.of(CaseOutcome.DECIDED_BEFORE);
        }
        if (accepted && !isOfOnePlatform(tenant, open.get()) && wouldHaveTwoAccounts(tenant, both)) {
            return Optional.of(CaseOutcome.LINKED_ALREADY);
        }
        links.decide(tenant, caseId, accepted, byPerson, clock.instant());
        if (accepted) {
            humans.link(tenant, open.get().one(), open.get().other(), Humans.How.STAFF);
        }
        return Optional.of(accepted ? CaseOutcome.LINKED : CaseOutcome.KEPT_APART);
    }

    /** An open case or a decided one. */
    public Optional<LinkCase> find(TenantId tenant, long caseId) {
        return links.findCase(tenant, caseId);
    }

    /**
     * Takes back that the two of a case are one person's; the badges of each account stay with it. Empty where there is no
     * such case.
     */
    @Transactional
    public Optional<CaseOutcome> part(TenantId tenant, long caseId, long byPerson) {
        Optional<LinkCase> found = links.findCase(tenant, caseId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LinkCase said = found.get();
        humans.lock(tenant, Set.of(said.one(), said.other()));
        if (!links.endCase(tenant, caseId, byPerson, clock.instant())) {
            return Optional.of(CaseOutcome.DECIDED_BEFORE);
        }
        end(tenant, said.one(), act -> act.how() == Humans.How.STAFF && act.isOf(said.one(), said.other()));
        return Optional.of(
                humans.together(tenant, Set.of(said.one())).contains(said.other())
                        ? CaseOutcome.STILL_TOGETHER
                        : CaseOutcome.PARTED);
    }

    /** In the order of their numbers, which nobody keeps who has one of them already. */
    @EventListener
    void on(PeopleAboutToChange people) {
        humans.lock(people.tenant(), people.personIds());
    }

    /** Before what she held is forgotten: whoever it counted for is looked at again without it. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(PersonErased erased) {
        end(erased.tenant(), erased.personId(), act -> act.names(erased.personId()));
        links.withdraw(erased.tenant(), erased.personId());
        links.forgetCases(erased.tenant(), erased.personId());
    }

    private static byte[] hash(String code) {
        return Sha256.of(code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }
}
