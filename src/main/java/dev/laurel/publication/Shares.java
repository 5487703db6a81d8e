package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.ShareRepository.Shared;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The pages that holders let others see. An award is shared at one unguessable address, or not at all. */
@Component
public class Shares {

    private static final String PURPOSE = "share-token";

    /** 192 bits: nobody finds a page by trying. */
    private static final int TOKEN_LENGTH = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ShareRepository shares;

    private final Awards awards;

    private final MasterKey masterKey;

    private final PublicUrl publicUrl;

    private final StepMetrics metrics;

    private final Clock clock;

    Shares(
            ShareRepository shares,
            Awards awards,
            MasterKey masterKey,
            PublicUrl publicUrl,
            StepMetrics metrics,
            Clock clock) {
        this.shares = shares;
        this.awards = awards;
        this.masterKey = masterKey;
        this.publicUrl = publicUrl;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The address of the shared page, while it is shared. */
    public Optional<String> url(TenantId tenant, long awardId) {
        return shares.sealedToken(tenant, awardId)
                .map(token ->
                        publicUrl.at("/b/" + new String(masterKey.open(PURPOSE, token), StandardCharsets.US_ASCII)));
    }

    /**
     * Makes a page for everybody who has its address, which is the answer. Sharing what is shared changes nothing.
     *
     * @throws AwardNotFoundException where the award is not this person's, or not claimed
     */
    @Transactional
    public String share(TenantId tenant, long awardId, long personId) {
        Award award = awards.find(tenant, awardId)
                .filter(found -> found.personId() == personId && found.releasedAt() != null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
        Instant claimedAt = award.claimedAt();
        if (claimedAt == null || !award.isValid()) {
            throw new AwardNotFoundException(awardId);
        }
        Optional<String> current = url(tenant, awardId);
        if (current.isPresent()) {
            return current.get();
        }
        String token = newToken();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        shares.add(
                tenant,
                awardId,
                award.reference(),
                Sha256.of(token),
                masterKey.seal(PURPOSE, token.getBytes(StandardCharsets.US_ASCII)),
                now);
        metrics.passed(Step.PUBLICATION, Duration.between(claimedAt, now));
        return url(tenant, awardId).orElseThrow(() -> new AwardNotFoundException(awardId));
    }

    /**
     * From now on the page, its JSON and its image answer 404 to everybody. Sharing again makes a new address.
     *
     * @throws AwardNotFoundException where the award is not this person's
     */
    @Transactional
    public void withdraw(TenantId tenant, long awardId, long personId) {
        if (awards.find(tenant, awardId)
                .filter(award -> award.personId() == personId)
                .isEmpty()) {
            throw new AwardNotFoundException(awardId);
        }
        shares.withdraw(tenant, awardId, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** What a token of a URL stands for, while it is shared. */
    Optional<Shared> byToken(String token) {
        return shares.live(Sha256.of(token));
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_LENGTH];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
