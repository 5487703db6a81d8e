package dev.laurel.credential.brought;

import dev.laurel.context.PersonErased;
import dev.laurel.context.PersonSafe;
import dev.laurel.credential.brought.Brought.Proof;
import dev.laurel.credential.brought.Brought.State;
import dev.laurel.credential.brought.BroughtRefusedException.Reason;
import dev.laurel.criteria.BroughtAchievement;
import dev.laurel.criteria.BroughtAchievements;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what was brought and what became of it, together with what rules may look at. */
@Component
class BroughtLedger {

    private static final int MOST = 100;

    /** How long a badge that its issuer withdrew is looked at once a day: a suspension ends. */
    private static final Duration LOOKED_ON = Duration.ofDays(90);

    /** What nobody has said to be somebody else's. */
    private static final Set<State> IN_QUESTION = EnumSet.of(State.WAITING, State.COUNTS, State.SUSPENDED, State.ENDED);

    private final BroughtRepository badges;

    private final BroughtAchievements achievements;

    private final PersonSafe safe;

    BroughtLedger(BroughtRepository badges, BroughtAchievements achievements, PersonSafe safe) {
        this.badges = badges;
        this.achievements = achievements;
        this.safe = safe;
    }

    /**
     * @param accounts all of whoever brings it: what she brought under another one is hers already
     * @throws BroughtRefusedException where somebody else has brought it
     */
    @Transactional
    public Brought add(TenantId tenant, Brought badge, Set<Long> accounts, byte[] identity, byte[] bytes) {
        if (badges.count(tenant, badge.personId()) >= MOST) {
            throw new BroughtRefusedException(Reason.TOO_MANY, "");
        }
        badges.add(tenant, badge, identity, safe.seal(tenant, badge.personId(), bytes));
        Brought kept = badges.byIdentity(tenant, identity).orElseThrow();
        if (!accounts.contains(kept.personId()) && badge.proof() != null && badges.release(tenant, kept.id())) {
            // It names her; whoever brought it before could not show that it was theirs.
            badges.add(tenant, badge, identity, safe.seal(tenant, badge.personId(), bytes));
            kept = badges.byIdentity(tenant, identity).orElseThrow();
        }
        if (!accounts.contains(kept.personId())) {
            throw new BroughtRefusedException(Reason.TAKEN, "");
        }
        if (isNews(kept, badge)) {
            badges.renewed(tenant, kept, badge, safe.seal(tenant, kept.personId(), bytes));
            kept = badges.byIdentity(tenant, identity).orElseThrow();
        }
        if (kept.state() == State.COUNTS) {
            achievements.put(tenant, counting(kept));
        }
        return kept;
    }

    /** It was looked at just now and holds again, as after a suspension; or what it names is known to be hers by now. */
    private static boolean isNews(Brought kept, Brought now) {
        return kept.state() == State.ENDED
                || kept.state() == State.SUSPENDED
                || kept.state() == State.WAITING && now.proof() != null;
    }

    /**
     * @param accounts all accounts of the human who has this one
     * @return {@code false} where there is nothing of this course to decide, or it is under one of the decider's own accounts
     */
    @Transactional
    public boolean decide(
            TenantId tenant,
            long contextId,
            long id,
            boolean hers,
            long byPerson,
            LongFunction<Set<Long>> accounts,
            Instant now) {
        Set<Long> own = accounts.apply(byPerson);
        Optional<Brought> found = badges.lock(tenant, id)
                .filter(badge -> badge.contextId() == contextId
                        && !own.contains(badge.personId())
                        && (hers ? badge.state() == State.WAITING : badge.isRefusable()));
        found.ifPresent(badge -> {
            if (hers) {
                badges.confirmed(tenant, id, byPerson, now);
                achievements.put(tenant, counting(badge));
            } else {
                badges.refused(tenant, badge, byPerson, now);
                achievements.remove(tenant, badge.personId(), id);
            }
        });
        return found.isPresent();
    }

    /** What she takes back counts for nothing any more, and others can bring it. */
    @Transactional
    public boolean remove(TenantId tenant, Set<Long> accounts, long id) {
        Optional<Brought> found = badges.lock(tenant, id).filter(badge -> accounts.contains(badge.personId()));
        found.ifPresent(badge -> {
            badges.delete(tenant, id);
            achievements.remove(tenant, badge.personId(), id);
        });
        return found.isPresent();
    }

    /** What a look at a badge found. */
    enum Look {
        HOLDS,
        /** Nothing is known that could end it, or make it count again. */
        SILENCE,
        /** Its issuer says that it does not count for now. */
        SUSPENDED,
        /** Its issuer took it back; not everybody says it in other words where that is for now only. */
        WITHDRAWN,
        /** It does not hold, and never will. */
        OVER
    }

    /**
     * @param hers whether it names an address that is known to be hers; asked only where nothing else says so
     * @param document what is looked at the next time, where it holds
     */
    @Transactional
    public void checked(
            TenantId tenant, BroughtRepository.Due due, Look look, BooleanSupplier hers, byte[] document, Instant now) {
        Optional<Brought> found = badges.lock(tenant, due.id()).filter(badge -> IN_QUESTION.contains(badge.state()));
        if (found.isEmpty()) {
            return;
        }
        Brought before = found.get();
        switch (look) {
            case SILENCE -> badges.looked(tenant, due.id(), now);
            case HOLDS -> {
                Proof proof = before.proof() == null && hers.getAsBoolean() ? Proof.EMAIL : before.proof();
                badges.held(tenant, due.id(), safe.seal(tenant, due.personId(), document), proof, now);
                if (proof == null) {
                    achievements.remove(tenant, due.personId(), due.id());
                } else if (before.state() != State.COUNTS) {
                    achievements.put(tenant, counting(before));
                }
            }
            default -> {
                State how = look == Look.SUSPENDED ? State.SUSPENDED : State.ENDED;
                badges.ended(tenant, due.id(), how, look == Look.OVER ? null : now.plus(LOOKED_ON), now);
                achievements.remove(tenant, due.personId(), due.id());
            }
        }
    }

    /** Of whoever is no longer one with others, what named one of their addresses is looked at anew. */
    @Transactional
    public void doubt(TenantId tenant, Set<Long> people) {
        badges.doubt(tenant, people);
    }

    @EventListener
    void on(PersonErased erased) {
        badges.forget(erased.tenant(), erased.personId());
    }

    private static BroughtAchievement counting(Brought badge) {
        return new BroughtAchievement(
                badge.id(),
                badge.personId(),
                badge.achievement(),
                badge.issuer(),
                badge.alignments(),
                badge.since(),
                badge.until());
    }
}
