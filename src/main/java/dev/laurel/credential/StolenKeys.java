package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeyRepository;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.signing.JwtSigning;
import dev.laurel.credential.signing.SupersedingRepository;
import dev.laurel.credential.signing.Variants;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What follows when somebody else has the keys of an issuer. Whoever has a key can sign with any date, so nothing that it signed can be
 * told from what the issuer signed: the key is withdrawn as a whole, and all that stands is signed anew with another one.
 *
 * @see <a href="https://www.w3.org/TR/cid-1.0/#verification-methods">Controlled Identifiers, 2.2: revoked</a>
 */
@Component
class StolenKeys {

    static final String KIND = "credential-stolen-key";

    private static final Logger LOG = LoggerFactory.getLogger(StolenKeys.class);

    private static final int PAGE = 200;

    /** What cannot be signed by then is for the operator, who sees it set aside. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final IssuerKeyRepository keys;

    private final SupersedingRepository superseding;

    private final Awards awards;

    private final Achievements achievements;

    private final StatusLists lists;

    private final StatusListSigning signing;

    private final JwtSigning jwts;

    private final Reissues reissues;

    private final Variants variants;

    private final IssuedEndorsements endorsements;

    private final Jobs jobs;

    private final Clock clock;

    StolenKeys(
            IssuerKeyRepository keys,
            SupersedingRepository superseding,
            Awards awards,
            Achievements achievements,
            StatusLists lists,
            StatusListSigning signing,
            JwtSigning jwts,
            Reissues reissues,
            Variants variants,
            IssuedEndorsements endorsements,
            Jobs jobs,
            Clock clock) {
        this.keys = keys;
        this.superseding = superseding;
        this.awards = awards;
        this.achievements = achievements;
        this.lists = lists;
        this.signing = signing;
        this.jwts = jwts;
        this.reissues = reissues;
        this.variants = variants;
        this.endorsements = endorsements;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Inside the transaction in which the keys were replaced. The lists of the issuer hold again at once, its badges by and by. */
    void withdraw(TenantId tenant, Issuer issuer, long byPerson) {
        Instant now = clock.instant();
        keys.stolen(tenant, issuer.id(), byPerson, now);
        lists.signAgain(tenant, issuer.id());
        signing.publish(tenant);
        jobs.schedule(KIND, tenant, Long.toString(issuer.id()), now.toEpochMilli());
        // And once more, for what was just being signed, or could not be.
        jobs.scheduleAt(KIND, tenant, Long.toString(issuer.id()), now.toEpochMilli() + 1, now.plus(AGAIN));
        LOG.warn("The keys of issuer {} of tenant {} were stolen and are withdrawn", issuer.publicId(), tenant);
    }

    /** Goes on where it was broken off: what is signed anew is not found again. */
    void run(TenantId tenant, String subject) {
        long issuer = Long.parseLong(subject);
        List<IssuerKey> all = keys.ofIssuer(tenant, issuer);
        Instant stolen = all.stream()
                .map(IssuerKey::stolenAt)
                .filter(at -> at != null)
                .max(Instant::compareTo)
                .orElseThrow();
        endorsements.signAgain(tenant, issuer);
        // One without a JWT yet would be passed over.
        jwts.run(tenant, "all");
        Set<String> withdrawn = all.stream()
                .filter(key -> key.stolenAt() != null)
                .map(IssuerKey::fragment)
                .collect(Collectors.toSet());
        // What was being signed just then has a later time, and the withdrawn key all the same.
        Instant until = stolen.plus(IssuerKeys.IN_FLIGHT);
        int anew = 0;
        int left = 0;
        List<Long> page = superseding.signedBefore(tenant, until, 0, PAGE);
        while (!page.isEmpty()) {
            for (Award award : standing(tenant, issuer, page, stolen, withdrawn)) {
                boolean done = reissues.underNewKey(tenant, award);
                anew += done ? 1 : 0;
                left += done ? 0 : 1;
            }
            page = superseding.signedBefore(tenant, until, page.get(page.size() - 1), PAGE);
        }
        LOG.info("Issuer {} of tenant {}: {} badges signed with another key, {} left", issuer, tenant, anew, left);
        Instant again = clock.instant().plus(AGAIN);
        if (left > 0 && again.isBefore(stolen.plus(GIVEN_UP))) {
            jobs.scheduleAt(KIND, tenant, subject, again.toEpochMilli(), again);
        }
    }

    /** Those of these that the issuer stands for and that no other key than a withdrawn one signed since the theft. */
    private List<Award> standing(TenantId tenant, long issuer, List<Long> page, Instant stolen, Set<String> withdrawn) {
        List<Award> found = awards.find(tenant, page);
        Map<AchievementVersion.Key, AchievementVersion> versions =
                achievements.versions(tenant, found.stream().map(Award::badge).toList());
        List<Award> standing = found.stream()
                .filter(award -> award.revokedAt() == null)
                .filter(award -> Optional.ofNullable(versions.get(award.badge()))
                        .filter(version -> version.issuerId() == issuer)
                        .isPresent())
                .toList();
        Set<Long> anew = variants.find(tenant, standing.stream().map(Award::id).toList(), Variant.AS_ISSUED).stream()
                .filter(stored -> !stored.signedAt().isBefore(stolen) && !isSignedBy(stored, withdrawn))
                .map(StoredCredential::awardId)
                .collect(Collectors.toSet());
        return standing.stream().filter(award -> !anew.contains(award.id())).toList();
    }

    private static boolean isSignedBy(StoredCredential stored, Set<String> fragments) {
        String method =
                JsonBytes.text(EddsaRdfc2022.onlyProof(JsonBytes.parse(stored.embedded())), "verificationMethod");
        byte[] jwt = stored.jwt();
        return fragments.contains(method.substring(method.indexOf('#') + 1))
                || jwt != null
                        && fragments.stream()
                                .anyMatch(name -> VcJwt.header(jwt).kid().endsWith("/" + name));
    }
}
