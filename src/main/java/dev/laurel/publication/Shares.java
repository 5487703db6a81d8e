package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.platform.ended.SomethingEnded;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.ShareRepository.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The pages that holders let others see. An award is shared at one unguessable address, or not at all. */
@Component
public class Shares {

    private static final String PURPOSE = "share-token";

    private final ShareRepository shares;

    private final Awards awards;

    private final MasterKey masterKey;

    private final PublicUrl publicUrl;

    private final StepMetrics metrics;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Shares(
            ShareRepository shares,
            Awards awards,
            MasterKey masterKey,
            PublicUrl publicUrl,
            StepMetrics metrics,
            ApplicationEventPublisher events,
            Clock clock) {
        this.shares = shares;
        this.awards = awards;
        this.masterKey = masterKey;
        this.publicUrl = publicUrl;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Where a badge can be seen.
     *
     * @param endsAt it works before this moment; {@code null}: until its holder withdraws it
     */
    public record Link(String url, @Nullable Instant endsAt) {

        /** HTML that shows the badge inside a page of another site. */
        public String embedCode(String name) {
            return Embedding.code(url, name);
        }
    }

    /** The address of the shared page, while it is shared. */
    public Optional<String> url(TenantId tenant, long awardId) {
        return link(tenant, awardId).map(Link::url);
    }

    /** The same, and until when it works. */
    public Optional<Link> link(TenantId tenant, long awardId) {
        Instant now = clock.instant();
        return shares.kept(tenant, awardId).filter(kept -> !kept.isOver(now)).map(kept -> {
            byte[] token = masterKey.open(PURPOSE, kept.sealedToken());
            return new Link(url(publicUrl, new String(token, StandardCharsets.US_ASCII)), kept.endsAt());
        });
    }

    /** When the last link came to the end that its holder chose; empty while it works, and where she withdrew it. */
    public Optional<Instant> endedAt(TenantId tenant, long awardId) {
        Instant now = clock.instant();
        return shares.kept(tenant, awardId).filter(kept -> kept.isOver(now)).map(ShareRepository.Kept::endsAt);
    }

    /** {@link #share(TenantId, long, long, Instant)} until it is withdrawn. */
    public String share(TenantId tenant, long awardId, long personId) {
        return share(tenant, awardId, personId, null);
    }

    /**
     * Makes a page for everybody who has its address, which is the answer. Sharing what is shared changes nothing; after
     * its end it gets a new address.
     *
     * @param endsAt the page is gone from this moment on; {@code null}: only once it is withdrawn
     * @throws AwardNotFoundException where the award is not this person's, or not claimed
     */
    @Transactional
    public String share(TenantId tenant, long awardId, long personId, @Nullable Instant endsAt) {
        Award award = own(tenant, awardId, personId);
        Instant claimedAt = award.claimedAt();
        if (claimedAt == null || !award.isValid()) {
            throw new AwardNotFoundException(awardId);
        }
        Optional<String> current = url(tenant, awardId);
        if (current.isPresent()) {
            return current.get();
        }
        String token = Token.next();
        Instant now = clock.instant();
        shares.retire(tenant, awardId, now);
        shares.add(
                tenant,
                awardId,
                award.reference(),
                Sha256.of(token),
                masterKey.seal(PURPOSE, token.getBytes(StandardCharsets.US_ASCII)),
                endsAt,
                now);
        metrics.passed(Step.PUBLICATION, Duration.between(claimedAt, now));
        return url(tenant, awardId).orElseThrow(() -> new AwardNotFoundException(awardId));
    }

    /**
     * Sets, moves or lifts the end of a link that works; one that has ended stays so.
     *
     * @param endsAt {@code null}: no end
     * @return whether there was such a link
     * @throws AwardNotFoundException where the award is not this person's
     */
    @Transactional
    public boolean end(TenantId tenant, long awardId, long personId, @Nullable Instant endsAt) {
        own(tenant, awardId, personId);
        return shares.end(tenant, awardId, endsAt, clock.instant()) > 0;
    }

    /**
     * From now on the page, its JSON and its image answer 404 to everybody. Sharing again makes a new address.
     *
     * @throws AwardNotFoundException where the award is not this person's
     */
    @Transactional
    public void withdraw(TenantId tenant, long awardId, long personId) {
        own(tenant, awardId, personId);
        shares.withdraw(tenant, awardId, clock.instant());
        events.publishEvent(new SomethingEnded());
    }

    /** The page goes on, with as much as she chose to show. */
    @EventListener
    void on(AwardsBroughtBack back) {
        Map<Long, Long> again = new HashMap<>();
        back.again().forEach((before, award) -> again.put(before, award.id()));
        shares.goOn(back.tenant(), again);
    }

    private Award own(TenantId tenant, long awardId, long personId) {
        return awards.find(tenant, awardId)
                .filter(award -> award.personId() == personId && award.releasedAt() != null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
    }

    /** What a token of a URL stands for, while it is shared. */
    Optional<Shared> byToken(String token) {
        return shares.live(Sha256.of(token), clock.instant());
    }

    public static String url(PublicUrl publicUrl, String token) {
        return publicUrl.at("/b/" + token);
    }
}
