package dev.laurel.credential.brought;

import dev.laurel.context.Contexts;
import dev.laurel.context.PersonSafe;
import dev.laurel.context.Profile;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.context.link.PersonLinksChanged;
import dev.laurel.credential.brought.Brought.Proof;
import dev.laurel.credential.brought.Brought.Refusal;
import dev.laurel.credential.brought.Brought.State;
import dev.laurel.credential.brought.BroughtLedger.Look;
import dev.laurel.credential.brought.BroughtRefusedException.Reason;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import dev.laurel.credential.endorsement.Speakers;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Badges of other organisations that learners bring. One counts once it is verified and known to be hers, and as long as it
 * is valid: it is looked at again once a day, and for 90 days where its issuer withdrew it, which may be a suspension.
 * Nobody can bring what somebody else brought.
 */
@Component
public class BroughtBadges {

    private static final int LARGEST = 2_000_000;

    /** More than any id that a rule can name. */
    private static final int LONGEST_ID = 500;

    /** What databases call a date. */
    private static final Instant FIRST_DATE = Instant.parse("1000-01-02T00:00:00Z");

    private static final Instant LAST_DATE = Instant.parse("9999-12-31T00:00:00Z");

    private static final int SHOWN = 100;

    private static final int AT_ONCE = 20;

    private static final Duration LOOKED_AT = Duration.ofDays(1);

    private final BadgeVerifier verifier;

    private final BroughtLedger ledger;

    private final BroughtRepository badges;

    private final Speakers own;

    private final Contexts contexts;

    private final PersonLinks links;

    private final OwnAddresses ownAddresses;

    private final PersonSafe safe;

    private final Clock clock;

    BroughtBadges(
            BadgeVerifier verifier,
            BroughtLedger ledger,
            BroughtRepository badges,
            Speakers own,
            Contexts contexts,
            PersonLinks links,
            OwnAddresses ownAddresses,
            PersonSafe safe,
            Clock clock) {
        this.verifier = verifier;
        this.ledger = ledger;
        this.badges = badges;
        this.own = own;
        this.contexts = contexts;
        this.links = links;
        this.ownAddresses = ownAddresses;
        this.safe = safe;
        this.clock = clock;
    }

    /**
     * Takes a badge. The same one again changes nothing, unless it had ended and holds again, or waits and is known to be hers by
     * now. Outside any transaction: its issuer is asked.
     *
     * @param bytes JSON, a JWT, a picture with one of them inside, or an https address
     * @throws BroughtRefusedException where it is none that holds, or somebody else's
     */
    public Brought bring(TenantId tenant, long personId, long contextId, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new BroughtRefusedException(Reason.TOO_LARGE, "");
        }
        BadgeReport report = verifier.verify(bytes);
        Statement says = report.says();
        String issuer = says == null ? null : says.issuer();
        String name = says == null ? null : says.name();
        if (says == null || issuer == null || name == null || issuer.length() > 500) {
            throw new BroughtRefusedException(Reason.NOT_A_BADGE, "");
        }
        if (says.endorsement() || report.isRecord()) {
            throw new BroughtRefusedException(Reason.NOT_A_BADGE, "");
        }
        if (own.nameOf(tenant, issuer).isPresent()) {
            throw new BroughtRefusedException(Reason.OWN, "");
        }
        requireValid(report);
        if (says.from() != null && says.from().isBefore(FIRST_DATE)) {
            throw new BroughtRefusedException(Reason.NOT_A_BADGE, "");
        }
        Instant now = clock.instant();
        Set<Long> accounts = accounts(tenant, personId);
        boolean hers = isOf(says, emails(tenant, accounts));
        Vouch vouch = report.vouch();
        Brought badge = new Brought(
                0,
                personId,
                contextId,
                Varchar.fit(name, 300),
                vouched(says.achievement(), vouch),
                issuer,
                Varchar.fit(says.issuerName() == null ? issuer : says.issuerName(), 300),
                vouch == null ? null : Varchar.fit(vouch.host(), 300),
                says.alignments().stream()
                        .map(Statement.Target::url)
                        .filter(url -> url.length() <= LONGEST_ID)
                        .distinct()
                        .toList(),
                says.from() == null ? now : says.from(),
                says.until() == null || says.until().isAfter(LAST_DATE) ? null : says.until(),
                hers ? State.COUNTS : State.WAITING,
                hers ? Proof.EMAIL : null,
                now);
        return ledger.add(tenant, badge, accounts, identity(issuer, says, report), document(report, bytes));
    }

    /** What was looked at: an address of the learner's could answer something else another day. */
    private static byte[] document(BadgeReport report, byte[] brought) {
        byte[] document = report.document();
        return document == null ? brought : document;
    }

    private static byte[] identity(String issuer, Statement says, BadgeReport report) {
        String id = says.id();
        byte[] credential = report.credential();
        return id == null && credential != null ? Sha256.of(credential) : Sha256.of(issuer + "\n" + id);
    }

    /** Anybody can write the address of somebody's achievement into a badge: it counts only from whoever has that address. */
    private static @Nullable String vouched(@Nullable String achievement, @Nullable Vouch vouch) {
        if (achievement == null || vouch == null || achievement.length() > 500) {
            return null;
        }
        try {
            URI address = URI.create(achievement);
            return vouch.host().equalsIgnoreCase(address.getRawAuthority()) ? achievement : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void requireValid(BadgeReport report) {
        Verdict verdict = report.verdict();
        if (verdict != Verdict.VALID) {
            throw new BroughtRefusedException(
                    verdict == Verdict.INVALID ? Reason.INVALID : Reason.UNCERTAIN, report.decisiveCheck());
        }
    }

    private Set<Long> accounts(TenantId tenant, long personId) {
        Set<Long> accounts =
                new HashSet<>(links.others(tenant, Set.of(personId)).getOrDefault(personId, Set.of()));
        accounts.add(personId);
        return accounts;
    }

    /** What the platforms told of her, and what she confirmed herself, under all her accounts. */
    private Set<String> emails(TenantId tenant, Set<Long> accounts) {
        Set<String> emails = new HashSet<>();
        contexts.profiles(tenant, accounts).values().stream()
                .map(Profile::email)
                .filter(Objects::nonNull)
                .filter(email -> !email.isBlank())
                .forEach(emails::add);
        accounts.forEach(account -> ownAddresses
                .of(tenant, account)
                .ifPresent(own -> emails.add(own.address().value())));
        return emails;
    }

    private static boolean isOf(Statement says, Set<String> emails) {
        String subject = says.subject();
        return emails.stream()
                .anyMatch(email -> ("mailto:" + email).equalsIgnoreCase(subject)
                        || says.identities().stream()
                                .filter(each ->
                                        each.type().toLowerCase(Locale.ROOT).startsWith("email"))
                                .anyMatch(each -> each.isOf(email)));
    }

    /** What was brought under this account; the newest first. */
    public List<Brought> ofPerson(TenantId tenant, long personId) {
        return badges.ofPeople(tenant, Set.of(personId), SHOWN);
    }

    /** What she brought under any of her accounts; the newest first. */
    public List<Brought> ofHuman(TenantId tenant, long personId) {
        return badges.ofPeople(tenant, accounts(tenant, personId), SHOWN);
    }

    /** What waits first, then the newest. */
    public List<Brought> inCourse(TenantId tenant, long contextId) {
        return badges.inCourse(tenant, contextId, SHOWN);
    }

    /**
     * Of which of these that wait staff has said that they are not hers, when she had brought them before: under the same account, or
     * one that is hers too by now. The last time, by the number of the badge.
     */
    public Map<Long, Refusal> refusals(TenantId tenant, Collection<Brought> brought) {
        Map<Long, Long> waiting = brought.stream()
                .filter(badge -> badge.state() == State.WAITING)
                .collect(Collectors.toMap(Brought::id, Brought::personId));
        Map<Long, Set<Long>> others = links.others(tenant, Set.copyOf(waiting.values()));
        Set<Long> people = new HashSet<>(waiting.values());
        others.values().forEach(people::addAll);
        Map<Long, Refusal> last = new HashMap<>();
        badges.refusals(tenant, waiting.keySet(), people).forEach(refused -> {
            long holder = Objects.requireNonNull(waiting.get(refused.broughtId()));
            if (refused.personId() == holder
                    || others.getOrDefault(holder, Set.of()).contains(refused.personId())) {
                last.put(refused.broughtId(), refused.refusal());
            }
        });
        return last;
    }

    /**
     * Staff says whether it is hers, and may say later that it is not after all.
     *
     * @return {@code false} where there is nothing of this course to decide, or it is her own, under any of her accounts
     */
    public boolean decide(TenantId tenant, long contextId, long id, boolean hers, long byPerson) {
        return ledger.decide(
                tenant, contextId, id, hers, byPerson, person -> accounts(tenant, person), clock.instant());
    }

    /** @return {@code false} where it is not hers */
    public boolean remove(TenantId tenant, long personId, long id) {
        return ledger.remove(tenant, accounts(tenant, personId), id);
    }

    /** Looks again at what was not looked at for a day. What could not be found out stays as it is. */
    void lookAgain(TenantId tenant) {
        Instant now = clock.instant();
        for (BroughtRepository.Due due : badges.due(tenant, now.minus(LOOKED_AT), now, AT_ONCE)) {
            safe.open(tenant, due.personId(), due.sealed())
                    .ifPresentOrElse(
                            bytes -> lookAgain(tenant, due, bytes),
                            () -> ledger.checked(tenant, due, Look.OVER, () -> false, new byte[0], clock.instant()));
        }
    }

    private void lookAgain(TenantId tenant, BroughtRepository.Due due, byte[] bytes) {
        BadgeReport report = verifier.verify(bytes);
        Statement says = report.says();
        ledger.checked(
                tenant,
                due,
                look(due, report),
                () -> says != null && isOf(says, emails(tenant, accounts(tenant, due.personId()))),
                document(report, bytes),
                clock.instant());
    }

    /** A badge that names an address of an account that is no longer hers is hers no more. */
    @EventListener
    void on(PersonLinksChanged changed) {
        Set<Long> people = changed.personIds();
        long any = people.iterator().next();
        if (!accounts(changed.tenant(), any).containsAll(people)) {
            ledger.doubt(changed.tenant(), people);
        }
    }

    private static Look look(BroughtRepository.Due due, BadgeReport report) {
        boolean another = report.says() != null && !isSame(due, report);
        return switch (report.verdict()) {
            case VALID -> another ? Look.OVER : Look.HOLDS;
            // Where its site is silent nothing is known that could end it.
            case UNCERTAIN -> another ? Look.OVER : Look.SILENCE;
            case INVALID -> {
                if (another || !report.isWithdrawn()) {
                    yield Look.OVER;
                }
                yield report.isSuspended() ? Look.SUSPENDED : Look.WITHDRAWN;
            }
        };
    }

    /** Earlier versions kept an address where one was brought: of that, only the very badge that was brought counts on. */
    private static boolean isSame(BroughtRepository.Due due, BadgeReport report) {
        Statement says = report.says();
        String issuer = says == null ? null : says.issuer();
        // Whose a hosted badge is can be looked up only while its issuer's site answers.
        return says != null && (issuer == null || Arrays.equals(due.identity(), identity(issuer, says, report)));
    }

    List<TenantId> tenantsWithDue() {
        Instant now = clock.instant();
        return badges.tenantsWithDue(now.minus(LOOKED_AT), now);
    }
}
