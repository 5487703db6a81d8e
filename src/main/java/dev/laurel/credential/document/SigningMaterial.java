package dev.laurel.credential.document;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.Grounds;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.credential.Named;
import dev.laurel.credential.Variant;
import dev.laurel.credential.document.AchievementCredential.Assessor;
import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.endorsement.AttachedEndorsements;
import dev.laurel.credential.endorsement.Attachment;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.CredentialStatuses;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.StatusPlace;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Everything that signing a batch of credentials needs, read in a few statements however many there are. What is wrong with
 * one badge or issuer is kept as its reason and stops only the awards it concerns.
 */
@Component
public class SigningMaterial {

    private static final Voice NO_VERSION = Voice.silent("There is no such version of the badge");

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final BadgeImages images;

    private final Contexts contexts;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    private final CredentialStatuses statuses;

    private final AttachedEndorsements endorsements;

    SigningMaterial(
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            BadgeImages images,
            Contexts contexts,
            IssuerKeys keys,
            CredentialAddresses addresses,
            CredentialStatuses statuses,
            AttachedEndorsements endorsements) {
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.images = images;
        this.contexts = contexts;
        this.keys = keys;
        this.addresses = addresses;
        this.statuses = statuses;
        this.endorsements = endorsements;
    }

    /**
     * A credential that is ready to be signed.
     *
     * @param scores what it may say of results besides, where its holder wants that
     * @param artifact what it may name as evidence then
     */
    public record Ready(
            Award award,
            AchievementCredential credential,
            List<Outcome.Score> scores,
            @Nullable Evidence artifact,
            Signer signer) {

        /**
         * @param work addresses that its holder handed in, where the variant says them
         * @return empty where it would say nothing else than another one
         */
        public Optional<AchievementCredential> variant(Variant variant, List<URI> work) {
            if (variant.saysWork() && work.isEmpty()) {
                return Optional.empty();
            }
            AchievementCredential said = switch (variant) {
                case AS_ISSUED, LEVEL_AND_WORK -> credential;
                case WITHOUT_LEVEL, BADGE_AND_WORK -> credential.with(Outcome.SILENT);
                case WITH_RESULTS, RESULTS_AND_WORK -> withResults();
            };
            boolean same = variant == Variant.WITH_RESULTS && scores.isEmpty() && artifact == null;
            return same
                    ? Optional.empty()
                    : Optional.of(said.with(
                            work.stream().map(URI::toString).map(Evidence::work).toList()));
        }

        private AchievementCredential withResults() {
            AchievementCredential all =
                    credential.with(new Outcome(credential.outcome().tier(), scores));
            return artifact == null ? all : all.with(List.of(artifact));
        }
    }

    /** Deals places in the status lists to those of these awards that have none. */
    public void deal(TenantId tenant, Collection<Long> awardIds) {
        List<Award> found = awards.find(tenant, awardIds);
        statuses.deal(tenant, found, badges(tenant, found));
    }

    public Batch load(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, Award> found =
                awards.find(tenant, awardIds).stream().collect(Collectors.toMap(Award::id, Function.identity()));
        Map<AchievementVersion.Key, AchievementVersion> badges = badges(tenant, found.values());
        Map<Long, StatusPlace> places = statuses.deal(tenant, found.values(), badges);
        Map<Spoken, Voice> voices = new HashMap<>();
        found.values().stream().map(award -> spoken(award, places)).distinct().forEach(spoken -> {
            AchievementVersion badge = badges.get(spoken.badge());
            if (badge != null) {
                voices.put(spoken, voice(tenant, badge, addresses.under(spoken.under())));
            }
        });
        Map<Long, CourseContext> courses = courses(tenant, found.values());
        return new Batch(
                found,
                voices,
                courses,
                awards.grounds(tenant, found.values()),
                awards.decisionHashes(tenant, found.values()),
                places);
    }

    /** What is said, and the address of this installation under which it is said. */
    private record Spoken(AchievementVersion.Key badge, PublicUrl under) {}

    /** A further form of what was signed before Laurel moved is signed under the address of then, as the list that it names is. */
    private Spoken spoken(Award award, Map<Long, StatusPlace> places) {
        StatusPlace place = places.get(award.id());
        return new Spoken(award.badge(), place == null ? addresses.publicUrl() : place.publicUrl());
    }

    private Map<AchievementVersion.Key, AchievementVersion> badges(TenantId tenant, Collection<Award> found) {
        return achievements.versions(tenant, found.stream().map(Award::badge).toList());
    }

    /** Who says what: the same for every award of one badge version; or why it cannot be said. */
    private record Voice(
            @Nullable Issuer speaker,
            @Nullable IssuerProfile issuer,
            @Nullable Badge badge,
            @Nullable Signer signer,
            @Nullable String problem,
            @Nullable StaleKeyException stale) {

        static Voice silent(String problem) {
            return new Voice(null, null, null, null, problem, null);
        }

        static Voice silent(StaleKeyException stale) {
            return new Voice(null, null, null, null, stale.getMessage(), stale);
        }
    }

    /** What was read. Used by many threads at once. */
    public final class Batch {

        private final Map<Long, Award> awards;

        private final Map<Spoken, Voice> voices;

        private final Map<Long, CourseContext> courses;

        private final Map<UUID, Grounds> grounds;

        private final Map<UUID, String> decisionHashes;

        private final Map<Long, StatusPlace> places;

        private Batch(
                Map<Long, Award> awards,
                Map<Spoken, Voice> voices,
                Map<Long, CourseContext> courses,
                Map<UUID, Grounds> grounds,
                Map<UUID, String> decisionHashes,
                Map<Long, StatusPlace> places) {
            this.awards = awards;
            this.voices = voices;
            this.courses = courses;
            this.grounds = grounds;
            this.decisionHashes = decisionHashes;
            this.places = places;
        }

        /**
         * @param named what it says of its holder besides
         * @throws BadCredentialException with the reason why this award cannot be signed
         * @throws StaleKeyException where this node cannot sign it yet
         */
        public Ready ready(UnsignedCredential row, Named named) {
            Award award = awards.get(row.awardId());
            if (award == null) {
                throw new BadCredentialException("There is no such award");
            }
            Voice voice = voices.getOrDefault(spoken(award, places), NO_VERSION);
            if (voice.stale() != null) {
                throw voice.stale();
            }
            if (voice.speaker() == null || voice.issuer() == null || voice.badge() == null || voice.signer() == null) {
                throw new BadCredentialException(voice.problem() == null ? "Nothing to say" : voice.problem());
            }
            Grounds facts = grounds.get(award.publicId());
            AchievementCredential credential = new AchievementCredential(
                    row.publicId(),
                    voice.issuer(),
                    dates(award),
                    holder(award, row.salt(), named),
                    voice.badge(),
                    new Outcome(tier(award.level()), List.of()),
                    assessor(voice.speaker(), courses.get(award.contextId())),
                    evidence(voice.badge(), facts, decisionHashes.get(award.publicId()), award.level() != null),
                    status(places.get(award.id())),
                    addresses.under(spoken(award, places).under()).refresh(row.refreshToken()));
            return new Ready(
                    award, credential, scores(voice.badge(), facts), artifact(voice.badge(), facts), voice.signer());
        }

        /** Nothing that two badges of hers have in common: her id in the LMS is a small number there, which no salt hides. */
        private Holder holder(Award award, byte[] salt, Named named) {
            List<HolderIdentity> identities = new ArrayList<>();
            if (named.email() != null) {
                identities.add(HolderIdentity.email(named.email(), salt));
            }
            if (named.name() != null) {
                identities.add(HolderIdentity.name(named.name()));
            }
            return new Holder(award.subjectId(), identities);
        }
    }

    /** Nobody is to show it before she was told of it. */
    private static Dates dates(Award award) {
        Instant released = award.releasedAt();
        Instant from = released != null && released.isAfter(award.decidedAt()) ? released : award.decidedAt();
        return new Dates(award.decidedAt(), from, award.validUntil());
    }

    private static Outcome.@Nullable Tier tier(Award.@Nullable Level level) {
        return level == null ? null : new Outcome.Tier(level.names(), level.rank());
    }

    /** A course that may speak for the institution assesses for it; one that speaks for itself is the issuer already. */
    private static @Nullable Assessor assessor(Issuer speaker, @Nullable CourseContext course) {
        if (course == null
                || speaker.kind() != Issuer.Kind.INSTITUTION
                || course.title().isBlank()) {
            return null;
        }
        String id = speaker.publicId() + "/" + course.id();
        return new Assessor("urn:uuid:" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)), course.title());
    }

    /** Nothing, unless the badge lets its holders say it. */
    private static List<Outcome.Score> scores(Badge badge, @Nullable Grounds grounds) {
        return grounds == null || !badge.details().scores() ? List.of() : Outcome.scores(grounds);
    }

    private static @Nullable Evidence artifact(Badge badge, @Nullable Grounds grounds) {
        return grounds == null
                        || grounds.evidenceUrl() == null
                        || !badge.details().scores()
                ? null
                : Evidence.artifact(grounds.evidenceUrl());
    }

    /** Records from before there were salts have no hash that may be told. */
    private static List<Evidence> evidence(
            Badge badge, @Nullable Grounds grounds, @Nullable String hash, boolean level) {
        return Stream.of(
                        hash == null ? null : Evidence.decision(CredentialAddresses.decision(badge.id(), hash), hash),
                        grounds == null ? null : Evidence.assessment(grounds, level))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable CredentialStatus status(@Nullable StatusPlace place) {
        if (place == null) {
            return null;
        }
        String list = addresses.under(place.publicUrl()).statusList(place.list());
        return place.kind() == ListKind.IDS ? CredentialStatus.listed(list) : new CredentialStatus(list, place.index());
    }

    private Voice voice(TenantId tenant, AchievementVersion version, CredentialAddresses names) {
        Issuer issuer = issuers.find(tenant, version.issuerId()).orElse(null);
        if (issuer == null) {
            return Voice.silent("There is no issuer of the badge");
        }
        try {
            return new Voice(
                    issuer,
                    IssuerProfile.of(issuer, names, endorsements(tenant, names.did(issuer.publicId()))),
                    badge(tenant, version, issuer, names),
                    signer(tenant, issuer, names),
                    "The issuer's key cannot be opened",
                    null);
        } catch (StaleKeyException e) {
            return Voice.silent(e);
        }
    }

    private @Nullable Signer signer(TenantId tenant, Issuer issuer, CredentialAddresses names) {
        try {
            return keys.signer(issuer, keys.active(tenant, issuer, KeyAlgorithm.ED25519), names);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** What a badge says of itself, as its credentials say it, under a context of its own. */
    public byte[] achievement(TenantId tenant, AchievementVersion version) {
        Issuer issuer = issuers.find(tenant, version.issuerId()).orElse(null);
        JsonObjectBuilder json =
                JsonBytes.JSON.createObjectBuilder().add("@context", Json.array(List.of(PinnedContexts.OPEN_BADGES)));
        badge(tenant, version, issuer, addresses).toJson().build().forEach(json::add);
        return JsonBytes.write(json.build());
    }

    private Badge badge(
            TenantId tenant, AchievementVersion version, @Nullable Issuer issuer, CredentialAddresses names) {
        String altText =
                images.find(tenant, version.imageId()).map(BadgeImage::altText).orElse(version.name());
        boolean beforeIsKnown = version.version() > 1
                && achievements
                        .version(tenant, version.achievementId(), version.version() - 1)
                        .filter(before -> before.activatedAt() != null)
                        .isPresent();
        String id = names.achievement(version.achievementPublicId(), version.version());
        return Badge.of(version, altText, version.partner(issuer), beforeIsKnown, endorsements(tenant, id), names);
    }

    private List<Attachment> endorsements(TenantId tenant, String subject) {
        return endorsements.attached(tenant, List.of(subject)).getOrDefault(subject, List.of());
    }

    private Map<Long, CourseContext> courses(TenantId tenant, Collection<Award> found) {
        Map<Long, CourseContext> courses = new HashMap<>();
        found.stream()
                .map(Award::contextId)
                .distinct()
                .forEach(id -> contexts.find(tenant, id).ifPresent(course -> courses.put(id, course)));
        return courses;
    }
}
