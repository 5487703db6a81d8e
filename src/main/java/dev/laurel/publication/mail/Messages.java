package dev.laurel.publication.mail;

import dev.laurel.award.Award;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.award.AwardsEnding;
import dev.laurel.award.AwardsFell;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.AwardsStay;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Kind;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who wants to be told by e-mail, and what they are to be told. */
@Component
class Messages {

    private final MessageRepository repository;

    private final MailServer server;

    private final Clock clock;

    Messages(MessageRepository repository, MailServer server, Clock clock) {
        this.repository = repository;
        this.server = server;
        this.clock = clock;
    }

    /** Whether this installation can send e-mail. */
    boolean isPossible() {
        return server.sender().isPresent();
    }

    boolean isWanted(TenantId tenant, long personId) {
        return repository.choice(tenant, personId).orElse(false);
    }

    @Transactional
    void choose(TenantId tenant, long personId, boolean wanted) {
        repository.choose(tenant, personId, wanted, clock.instant());
    }

    /** Noted in the transaction of the release. Whoever asks for messages later is not told of what was before. */
    @EventListener
    void on(AwardsReleased released) {
        add(released.tenant(), Kind.EARNED, false, released.awards());
    }

    @EventListener
    void on(AwardsEnding ending) {
        add(ending.tenant(), Kind.ENDS, false, ending.awards());
    }

    /** So that she can object before anything follows; a badge that stays, whatever fell, is no news. */
    @EventListener
    void on(AwardsFell fell) {
        add(fell.tenant(), Kind.FELL, true, fell.awards());
    }

    @EventListener
    void on(AwardsStay stay) {
        drop(stay.tenant(), stay.awards(), Kind.FELL);
    }

    @EventListener
    void on(AwardsSuspended suspended) {
        drop(suspended.tenant(), suspended.awards(), Kind.FELL);
    }

    /** She had it before: nothing is earned, and what its release put there is not sent. */
    @EventListener
    void on(AwardsBroughtBack back) {
        drop(back.tenant(), back.again().values(), Kind.EARNED);
    }

    /** What is taken back is not told of any more, and does not use up the one message a day. */
    @EventListener
    void on(AwardsRevoked revoked) {
        drop(revoked.tenant(), revoked.awards(), Kind.values());
    }

    @EventListener
    void on(AwardsSuperseded superseded) {
        drop(superseded.tenant(), superseded.awards(), Kind.values());
    }

    private void drop(TenantId tenant, Collection<Award> awards, Kind... kinds) {
        if (isPossible() && !awards.isEmpty()) {
            repository.drop(tenant, awards.stream().map(Award::id).toList(), List.of(kinds), clock.instant());
        }
    }

    private void add(TenantId tenant, Kind kind, boolean anew, List<Award> awards) {
        if (!isPossible()) {
            return;
        }
        List<Award> real =
                awards.stream().filter(award -> award.sampleOf() == null).toList();
        if (real.isEmpty()) {
            return;
        }
        Set<Long> wanting = new HashSet<>(
                repository.wanting(tenant, real.stream().map(Award::personId).toList()));
        Map<Long, Long> told = real.stream()
                .filter(award -> wanting.contains(award.personId()))
                .collect(Collectors.toMap(Award::id, Award::personId));
        if (!told.isEmpty()) {
            repository.add(tenant, kind, anew, told, clock.instant());
        }
    }

    @EventListener
    void on(PersonErased erased) {
        repository.forget(erased.tenant(), erased.personId());
    }
}
