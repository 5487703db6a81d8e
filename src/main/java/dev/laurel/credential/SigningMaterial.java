package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.Issuer;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.credential.AchievementCredential.Badge;
import dev.laurel.credential.AchievementCredential.Decision;
import dev.laurel.credential.AchievementCredential.HashedIdentity;
import dev.laurel.credential.AchievementCredential.IssuerProfile;
import dev.laurel.credential.AchievementCredential.Tier;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.StatusPlace;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Everything that signing a batch of credentials needs, read in a few statements however many there are. What is wrong with
 * one badge or issuer is kept as its reason and stops only the awards it concerns.
 */
@Component
class SigningMaterial {

    private static final Voice NO_VERSION = Voice.silent("There is no such version of the badge");

    private final Awards awards;

    private final Achievements achievements;

    private final Contexts contexts;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    private final CredentialStatuses statuses;

    SigningMaterial(
            Awards awards,
            Achievements achievements,
            Contexts contexts,
            IssuerKeys keys,
            CredentialAddresses addresses,
            CredentialStatuses statuses) {
        this.awards = awards;
        this.achievements = achievements;
        this.contexts = contexts;
        this.keys = keys;
        this.addresses = addresses;
        this.statuses = statuses;
    }

    /** A credential that is ready to be signed. */
    record Ready(Award award, AchievementCredential credential, Signer signer) {}

    Batch load(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, Award> found =
                awards.find(tenant, awardIds).stream().collect(Collectors.toMap(Award::id, Function.identity()));
        Map<AchievementVersion.Key, AchievementVersion> badges = achievements.versions(
                tenant, found.values().stream().map(Award::badge).toList());
        Map<AchievementVersion.Key, Voice> voices = new HashMap<>();
        badges.forEach((key, badge) -> voices.put(key, voice(tenant, badge)));
        return new Batch(
                found,
                voices,
                subs(tenant, found.values()),
                awards.decisionHashes(tenant, found.values()),
                statuses.deal(tenant, found.values(), badges));
    }

    /** Who says what: the same for every award of one badge version; or why it cannot be said. */
    private record Voice(
            @Nullable IssuerProfile issuer,
            @Nullable Badge badge,
            @Nullable Signer signer,
            @Nullable String problem) {

        static Voice silent(String problem) {
            return new Voice(null, null, null, problem);
        }
    }

    /** What was read. Used by many threads at once. */
    final class Batch {

        private final Map<Long, Award> awards;

        private final Map<AchievementVersion.Key, Voice> voices;

        private final Map<Long, String> subByPerson;

        private final Map<UUID, String> decisionHashes;

        private final Map<Long, StatusPlace> places;

        private Batch(
                Map<Long, Award> awards,
                Map<AchievementVersion.Key, Voice> voices,
                Map<Long, String> subByPerson,
                Map<UUID, String> decisionHashes,
                Map<Long, StatusPlace> places) {
            this.awards = awards;
            this.voices = voices;
            this.subByPerson = subByPerson;
            this.decisionHashes = decisionHashes;
            this.places = places;
        }

        /** @throws BadCredentialException with the reason why this award cannot be signed */
        Ready ready(long awardId, byte[] salt) {
            Award award = awards.get(awardId);
            if (award == null) {
                throw new BadCredentialException("There is no such award");
            }
            Voice voice = voices.getOrDefault(award.badge(), NO_VERSION);
            if (voice.issuer() == null || voice.badge() == null || voice.signer() == null) {
                throw new BadCredentialException(voice.problem() == null ? "Nothing to say" : voice.problem());
            }
            // Without an account in the LMS (erased, or never had one) the subject's id has to do.
            String sub = subByPerson.get(award.personId());
            return new Ready(
                    award,
                    new AchievementCredential(
                            award.publicId(),
                            voice.issuer(),
                            award.decidedAt(),
                            award.validUntil(),
                            award.subjectId(),
                            sub == null ? null : HashedIdentity.of(sub, salt),
                            voice.badge(),
                            tier(award.level()),
                            decision(voice.badge(), decisionHashes.get(award.publicId())),
                            status(places.get(awardId))),
                    voice.signer());
        }
    }

    private static @Nullable Tier tier(Award.@Nullable Level level) {
        return level == null ? null : new Tier(level.names(), level.rank());
    }

    /** Records from before there were salts have no hash that may be told. */
    private static @Nullable Decision decision(Badge badge, @Nullable String hash) {
        return hash == null ? null : new Decision(CredentialAddresses.decision(badge.id(), hash), hash);
    }

    private @Nullable CredentialStatus status(@Nullable StatusPlace place) {
        return place == null ? null : new CredentialStatus(addresses.statusList(place.list()), place.index());
    }

    private Voice voice(TenantId tenant, AchievementVersion version) {
        Issuer issuer = achievements.issuer(tenant, version.issuerId()).orElse(null);
        if (issuer == null) {
            return Voice.silent("There is no issuer of the badge");
        }
        String altText = achievements
                .image(tenant, version.imageId())
                .map(BadgeImage::altText)
                .orElse(version.name());
        return new Voice(
                new IssuerProfile(
                        addresses.did(issuer.publicId()), addresses.issuerPage(issuer.publicId()), issuer.name()),
                badge(version, altText),
                signer(tenant, issuer),
                "The issuer's key cannot be opened");
    }

    private @Nullable Signer signer(TenantId tenant, Issuer issuer) {
        IssuerKey key = keys.active(tenant, issuer, KeyAlgorithm.ED25519);
        try {
            return keys.signer(issuer, key);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private Badge badge(AchievementVersion version, String altText) {
        return new Badge(
                addresses.achievement(version.achievementPublicId(), version.version()),
                version.achievementType(),
                version.name(),
                version.description(),
                version.criteria(),
                addresses.achievementImage(version.achievementPublicId(), version.version()),
                altText,
                version.credits(),
                version.alignments());
    }

    /** A person has one {@code sub} per registration, so courses are grouped by theirs. */
    private Map<Long, String> subs(TenantId tenant, Collection<Award> found) {
        Map<Long, List<Award>> byContext = found.stream().collect(Collectors.groupingBy(Award::contextId));
        Map<Long, List<Long>> personsByRegistration = new HashMap<>();
        byContext.forEach((contextId, awardsThere) -> contexts.find(tenant, contextId)
                .map(CourseContext::registrationId)
                .ifPresent(registration -> personsByRegistration
                        .computeIfAbsent(registration, id -> new ArrayList<>())
                        .addAll(awardsThere.stream().map(Award::personId).toList())));
        Map<Long, String> subs = new HashMap<>();
        personsByRegistration.forEach(
                (registration, persons) -> subs.putAll(contexts.subs(tenant, registration, persons)));
        return subs;
    }
}
