package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.credential.document.IssuerProfile;
import dev.laurel.credential.document.LearnerRecord;
import dev.laurel.credential.document.LearnerRecord.Part;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.signing.JwtSigning;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleVersion;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * All badges that somebody has of one institution and that stand, as one signed record: a Comprehensive Learner Record 2.0. It is
 * made anew each time and kept nowhere; what becomes of a badge later is told by the badge's own status (docs/decisions/017).
 */
@Component
public class LearnerRecords {

    private static final Logger LOG = LoggerFactory.getLogger(LearnerRecords.class);

    private final Awards awards;

    private final Credentials credentials;

    private final Achievements achievements;

    private final Issuers issuers;

    private final RuleSets ruleSets;

    private final PersonLinks links;

    private final CredentialAddresses addresses;

    private final JwtSigning jwts;

    private final Clock clock;

    LearnerRecords(
            Awards awards,
            Credentials credentials,
            Achievements achievements,
            Issuers issuers,
            RuleSets ruleSets,
            PersonLinks links,
            CredentialAddresses addresses,
            JwtSigning jwts,
            Clock clock) {
        this.awards = awards;
        this.credentials = credentials;
        this.achievements = achievements;
        this.issuers = issuers;
        this.ruleSets = ruleSets;
        this.links = links;
        this.addresses = addresses;
        this.jwts = jwts;
        this.clock = clock;
    }

    /** What is known of one person; of each award its version is there, and its issuer is real. */
    private record Known(
            List<Award> standing,
            Map<Long, StoredCredential> signed,
            Map<AchievementVersion.Key, AchievementVersion> versions,
            Map<Long, Issuer> speakers) {

        AchievementVersion version(Award award) {
            return Objects.requireNonNull(versions.get(award.badge()));
        }

        /** What she does not want, and what is not signed yet, is not in it. */
        List<Award> recorded() {
            return standing.stream()
                    .filter(award -> award.declinedAt() == null && signed.containsKey(award.id()))
                    .toList();
        }
    }

    /**
     * The record as VC-JWT, signed by the institution. Badges that have ended stay in it, with their date.
     *
     * @return empty where she has nothing that stands and is signed, or where the issuer's key cannot be opened
     */
    @Transactional
    public Optional<byte[]> sign(TenantId tenant, long personId) {
        Known known = known(tenant, personId);
        List<Award> recorded = known.recorded();
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        boolean others = !links.others(tenant, List.of(personId)).isEmpty();
        LearnerRecord record = new LearnerRecord(
                UUID.randomUUID(),
                UUID.randomUUID(),
                IssuerProfile.of(speaker(tenant, known, recorded), addresses),
                clock.instant(),
                recorded.stream()
                        .map(award -> Objects.requireNonNull(known.signed().get(award.id())))
                        .map(signed -> JsonBytes.parse(signed.embedded()))
                        .toList(),
                parts(tenant, known, recorded),
                others || recorded.size() < known.standing().size());
        Optional<byte[]> signed = jwts.sign(tenant, record.toJson());
        if (signed.isEmpty()) {
            LOG.warn(
                    "Learner record not signed: the key of {} cannot be opened",
                    record.issuer().did());
        }
        return signed;
    }

    private Known known(TenantId tenant, long personId) {
        List<Award> all = awards.ofPerson(tenant, personId).stream()
                .filter(Award::isValid)
                .sorted(Comparator.comparing(Award::decidedAt).thenComparing(Award::id))
                .toList();
        Map<AchievementVersion.Key, AchievementVersion> versions =
                achievements.versions(tenant, all.stream().map(Award::badge).toList());
        Map<Long, Issuer> speakers = versions.values().stream()
                .map(AchievementVersion::issuerId)
                .distinct()
                .flatMap(issuer -> issuers.find(tenant, issuer).stream())
                .filter(issuer -> issuer.kind() != Issuer.Kind.SAMPLE)
                .collect(Collectors.toMap(Issuer::id, Function.identity()));
        List<Award> standing = all.stream()
                .filter(award -> {
                    AchievementVersion version = versions.get(award.badge());
                    return version != null && speakers.containsKey(version.issuerId());
                })
                .toList();
        return new Known(
                standing,
                credentials.find(tenant, standing.stream().map(Award::id).toList()),
                versions,
                speakers);
    }

    /**
     * Of the issuers that speak for the institution the one that gave most of the badges. Where none does, courses speak for
     * themselves, and the one that gave most of them speaks here: its name says that it is a course.
     */
    private Issuer speaker(TenantId tenant, Known known, List<Award> recorded) {
        Map<Long, Long> given = recorded.stream()
                .collect(Collectors.groupingBy(award -> known.version(award).issuerId(), Collectors.counting()));
        List<Issuer> institution = issuers.ofInstitution(tenant);
        Collection<Issuer> candidates = institution.isEmpty() ? known.speakers().values() : institution;
        return candidates.stream()
                .max(Comparator.comparing((Issuer issuer) -> given.getOrDefault(issuer.id(), 0L))
                        .thenComparing(Issuer::id, Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** By the rules that decided, whatever they ask for today. */
    private Set<Part> parts(TenantId tenant, Known known, List<Award> recorded) {
        Map<RuleVersion, Set<Long>> asked = ruleSets.badgesAskedFor(
                tenant, recorded.stream().map(LearnerRecords::rule).toList());
        Map<Long, Set<String>> held = new HashMap<>();
        recorded.forEach(award -> held.computeIfAbsent(award.achievementId(), badge -> new HashSet<>())
                .add(name(known, award)));
        Set<Part> parts = new HashSet<>();
        for (Award whole : recorded) {
            for (long badge : asked.getOrDefault(rule(whole), Set.of())) {
                held.getOrDefault(badge, Set.of()).forEach(part -> parts.add(new Part(part, name(known, whole))));
            }
        }
        return parts;
    }

    private static RuleVersion rule(Award award) {
        return new RuleVersion(award.ruleSetId(), award.ruleSetVersion());
    }

    /** The id of its achievement, as its credential says it. */
    private static String name(Known known, Award award) {
        byte[] signed = Objects.requireNonNull(known.signed().get(award.id())).embedded();
        return JsonBytes.parse(signed)
                .getJsonObject("credentialSubject")
                .getJsonObject("achievement")
                .getString("id");
    }
}
