package dev.laurel.publication;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.context.PersonErased;
import dev.laurel.credential.OpenBadges2;
import dev.laurel.credential.OpenBadges2.Recipient;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.BackpackRepository.Assertion;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Badges that their holders take to a backpack which reads only Open Badges 2.0: at an unguessable address that the backpack, and
 * whoever else has it, can read. Of the holder it says a salted hash of the e-mail address that she named, and nothing else.
 */
@Component
public class Backpacks {

    private static final String PURPOSE = "backpack-token";

    private static final int SALT_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final BackpackRepository assertions;

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final OpenBadges2 format;

    private final MasterKey masterKey;

    private final Clock clock;

    Backpacks(
            BackpackRepository assertions,
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            OpenBadges2 format,
            MasterKey masterKey,
            Clock clock) {
        this.assertions = assertions;
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.format = format;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The address of the assertion, while there is one. */
    public Optional<String> url(TenantId tenant, long awardId) {
        return assertions.find(tenant, awardId).map(this::token).map(format::assertionUrl);
    }

    /**
     * Whether backpacks would take it: they require an e-mail address of the issuer, which an administrator can enter.
     *
     * @see Issuers#email
     */
    public boolean areOpenTo(TenantId tenant, Award award) {
        return achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .flatMap(version -> issuers.find(tenant, version.issuerId()))
                .flatMap(issuer -> issuers.email(tenant, issuer))
                .isPresent();
    }

    /**
     * Makes the assertion, or gives it to another e-mail address; its own address stays.
     *
     * @param email as the backpack knows it; only a hash of it is kept
     * @throws AwardNotFoundException where the award is not this person's, or not claimed, or does not stand
     * @throws IllegalStateException where backpacks would refuse it, as {@link #areOpenTo} says
     */
    @Transactional
    public void put(TenantId tenant, long awardId, long personId, String email) {
        Award award = own(tenant, awardId, personId);
        if (award.claimedAt() == null || !award.isValid()) {
            throw new AwardNotFoundException(awardId);
        }
        if (!areOpenTo(tenant, award)) {
            throw new IllegalStateException("The issuer has no e-mail address");
        }
        String token = Token.next();
        assertions.put(
                tenant,
                awardId,
                personId,
                Sha256.of(token),
                masterKey.seal(PURPOSE, token.getBytes(StandardCharsets.US_ASCII)),
                Recipient.of(email, salt()),
                clock.instant());
    }

    /** From now on there is nothing at its address; a backpack that looks again finds that it is not there. */
    @Transactional
    public void remove(TenantId tenant, long awardId, long personId) {
        own(tenant, awardId, personId);
        assertions.remove(tenant, awardId);
    }

    /** What stands at an address. */
    public record Hosted(String url, byte[] json, boolean revoked) {}

    /**
     * Empty where there is none, or it does not count for now.
     *
     * @param format under the address at which somebody asks
     */
    public Optional<Hosted> at(String token, OpenBadges2 format) {
        return assertions.byToken(Sha256.of(token)).flatMap(found -> hosted(found, format));
    }

    /** The assertion of an award as it stands at its address. */
    public Optional<Hosted> of(TenantId tenant, long awardId) {
        return of(tenant, awardId, format);
    }

    /** @param format under the address at which somebody asks */
    Optional<Hosted> of(TenantId tenant, long awardId, OpenBadges2 format) {
        return assertions.find(tenant, awardId).flatMap(found -> hosted(found, format));
    }

    private Optional<Hosted> hosted(Assertion assertion, OpenBadges2 format) {
        String url = format.assertionUrl(token(assertion));
        Award award = awards.find(assertion.tenant(), assertion.awardId()).orElse(null);
        if (award == null) {
            return Optional.empty();
        }
        if (award.revokedAt() != null) {
            return Optional.of(new Hosted(url, format.revoked(url), true));
        }
        Optional<AchievementVersion> version =
                achievements.version(assertion.tenant(), award.achievementId(), award.achievementVersion());
        return award.isValid()
                ? version.map(
                        found -> new Hosted(url, format.assertion(url, award, found, assertion.recipient()), false))
                : Optional.empty();
    }

    /** What stands at its address counts again. */
    @EventListener
    void on(AwardsBroughtBack back) {
        assertions.goOn(back.tenant(), back.again());
    }

    @EventListener
    void on(PersonErased erased) {
        assertions.removeOf(erased.tenant(), erased.personId());
    }

    private String token(Assertion assertion) {
        return new String(masterKey.open(PURPOSE, assertion.sealedToken()), StandardCharsets.US_ASCII);
    }

    private Award own(TenantId tenant, long awardId, long personId) {
        return awards.find(tenant, awardId)
                .filter(award -> award.personId() == personId)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
    }

    private static byte[] salt() {
        byte[] bytes = new byte[SALT_LENGTH];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
