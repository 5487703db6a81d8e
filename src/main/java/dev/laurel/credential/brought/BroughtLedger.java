package dev.laurel.credential.brought;

import dev.laurel.context.PersonErased;
import dev.laurel.context.PersonSafe;
import dev.laurel.credential.brought.Brought.State;
import dev.laurel.credential.brought.BroughtRefusedException.Reason;
import dev.laurel.criteria.BroughtAchievement;
import dev.laurel.criteria.BroughtAchievements;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what was brought and what became of it, together with what rules may look at. */
@Component
class BroughtLedger {

    private static final int MOST = 100;

    private final BroughtRepository badges;

    private final BroughtAchievements achievements;

    private final PersonSafe safe;

    BroughtLedger(BroughtRepository badges, BroughtAchievements achievements, PersonSafe safe) {
        this.badges = badges;
        this.achievements = achievements;
        this.safe = safe;
    }

    /** @throws BroughtRefusedException where somebody else has brought it */
    @Transactional
    public Brought add(TenantId tenant, Brought badge, byte[] identity, byte[] bytes) {
        if (badges.count(tenant, badge.personId()) >= MOST) {
            throw new BroughtRefusedException(Reason.TOO_MANY, "");
        }
        badges.add(tenant, badge, identity, safe.seal(tenant, badge.personId(), bytes));
        Brought kept = badges.byIdentity(tenant, identity).orElseThrow();
        if (kept.personId() != badge.personId() && badge.proof() != null && badges.release(tenant, kept.id())) {
            // It names her; whoever brought it before could not show that it was theirs.
            badges.add(tenant, badge, identity, safe.seal(tenant, badge.personId(), bytes));
            kept = badges.byIdentity(tenant, identity).orElseThrow();
        }
        if (kept.personId() != badge.personId()) {
            throw new BroughtRefusedException(Reason.TAKEN, "");
        }
        if (kept.state() == State.ENDED) {
            // It was looked at just now and holds again, as after a suspension; whoever said that it is hers has said
            // so.
            badges.renewed(tenant, kept, badge, safe.seal(tenant, badge.personId(), bytes));
            kept = badges.byIdentity(tenant, identity).orElseThrow();
        }
        if (kept.state() == State.COUNTS) {
            achievements.put(tenant, counting(kept));
        }
        return kept;
    }

    /** @return {@code false} where there is nothing of this course to decide */
    @Transactional
    public boolean decide(TenantId tenant, long contextId, long id, boolean hers, long byPerson, Instant now) {
        Optional<Brought> found = badges.lock(tenant, id)
                .filter(badge -> badge.contextId() == contextId
                        && badge.personId() != byPerson
                        && (hers ? badge.state() == State.WAITING : badge.isRefusable()));
        found.ifPresent(badge -> {
            if (hers) {
                badges.confirmed(tenant, id, byPerson, now);
                achievements.put(tenant, counting(badge));
            } else {
                badges.refused(tenant, id, byPerson, now);
                achievements.remove(tenant, badge.personId(), id);
            }
        });
        return found.isPresent();
    }

    /** What she takes back counts for nothing any more, and others can bring it. */
    @Transactional
    public boolean remove(TenantId tenant, long personId, long id) {
        Optional<Brought> found = badges.lock(tenant, id).filter(badge -> badge.personId() == personId);
        found.ifPresent(badge -> {
            badges.delete(tenant, id);
            achievements.remove(tenant, personId, id);
        });
        return found.isPresent();
    }

    /** @param document what is looked at the next time; {@code null}: it does not hold any more */
    @Transactional
    public void checked(TenantId tenant, BroughtRepository.Due due, byte @Nullable [] document, Instant now) {
        if (document == null) {
            badges.ended(tenant, due.id(), now);
            achievements.remove(tenant, due.personId(), due.id());
        } else {
            badges.held(tenant, due.id(), safe.seal(tenant, due.personId(), document), now);
        }
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
