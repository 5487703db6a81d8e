package dev.laurel.publication.page;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.SignedWords;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Verification;
import dev.laurel.credential.endorsement.AttachedEndorsements;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.ForeignText;
import dev.laurel.publication.OpenBadges.Open;
import dev.laurel.publication.Shares;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what a stranger sees; the verdict is the verifier's on the stored bytes, each time anew. */
@Component
class SharedPages {

    private final CredentialFiles files;

    private final Credentials credentials;

    private final Achievements achievements;

    private final Issuers issuers;

    private final BadgeImages images;

    private final Contexts contexts;

    private final PublicUrl publicUrl;

    private final Awards awards;

    private final Shares shares;

    private final AttachedEndorsements endorsements;

    private final Clock clock;

    SharedPages(
            CredentialFiles files,
            Credentials credentials,
            Achievements achievements,
            Issuers issuers,
            BadgeImages images,
            Contexts contexts,
            PublicUrl publicUrl,
            Awards awards,
            Shares shares,
            AttachedEndorsements endorsements,
            Clock clock) {
        this.files = files;
        this.credentials = credentials;
        this.achievements = achievements;
        this.issuers = issuers;
        this.images = images;
        this.contexts = contexts;
        this.publicUrl = publicUrl;
        this.awards = awards;
        this.shares = shares;
        this.endorsements = endorsements;
        this.clock = clock;
    }

    /** What others see. */
    SharedPage of(Open open, String token) {
        return page(open, url(token));
    }

    /** The same for its holder, whether others can see it or not. */
    SharedPage own(TenantId tenant, Award award, Disclosure disclosure) {
        return page(
                new Open(tenant, award, disclosure),
                shares.url(tenant, award.id()).orElse(""));
    }

    private SharedPage page(Open open, String url) {
        TenantId tenant = open.tenant();
        Award award = open.award();
        Disclosure disclosure = open.disclosure();
        StoredCredential stored = files.shown(open);
        AchievementVersion version = achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .orElseThrow(CredentialFiles::notFound);
        Issuer issuer = issuers.find(tenant, version.issuerId()).orElseThrow(CredentialFiles::notFound);
        String altText =
                images.find(tenant, version.imageId()).map(BadgeImage::altText).orElse(version.name());
        ZoneId zone = contexts.find(tenant, award.contextId())
                .map(CourseContext::zone)
                .orElse(ZoneOffset.UTC);
        Award.Level level = disclosure.hidesLevel(award) ? null : award.level();
        Instant until = award.validUntil();
        String path = "/issuers/" + issuer.publicId();
        SignedWords words = credentials.signedWords(stored.embedded());
        Verification verification = credentials.verify(stored.embedded());
        boolean suspended = award.revokedAt() == null && (award.suspendedAt() != null || verification.suspended());
        boolean shown = award.supersededBy() == null && !suspended;
        return new SharedPage(
                version.name(),
                version.description(),
                version.details().benefit(),
                version.criteria(),
                altText,
                words.issuer() == null ? issuer.name() : words.issuer(),
                path,
                ownSite(words, path),
                words.parent(),
                issuer.details().linkedInPage(),
                version.partner(issuer),
                issuer.kind() == Issuer.Kind.SAMPLE,
                issuer.kind() == Issuer.Kind.COURSE,
                name(tenant, award),
                award.decidedAt().atZone(zone),
                level == null ? null : level.name(),
                version.details().level(),
                version.credits() == null ? null : version.credits().stripTrailingZeros(),
                version.alignments(),
                until == null ? null : until.minusSeconds(1).atZone(zone),
                award.isOver(clock.instant()),
                suspended,
                words.assessment(),
                award.supersededBy() != null,
                newer(tenant, award),
                decision(tenant, award, version),
                disclosure.showsResults() && shown,
                disclosure.work() && shown,
                verification,
                stored.jwt() != null,
                url,
                stored.publicId(),
                publicUrl.isHttps(),
                files.drawing(tenant, award).isPresent(),
                signedAt(tenant, award, stored).atZone(zone),
                endorsements.shown(tenant, credentials.achievementIds(version)),
                endorsements.shown(tenant, credentials.dids(issuer.publicId())));
    }

    /** A form that her choices gave it is signed whenever it is asked for first. */
    private Instant signedAt(TenantId tenant, Award award, StoredCredential shown) {
        return credentials.find(tenant, award.id()).orElse(shown).signedAt();
    }

    /** One without a website of its own is signed with its page at Laurel, to which its name leads anyway. */
    private static @Nullable String ownSite(SignedWords words, String path) {
        String website = words.website();
        return website == null || website.endsWith(path) ? null : website;
    }

    String url(String token) {
        return Shares.url(publicUrl, token);
    }

    /** A newer one that was replaced itself leads on to the next. */
    private @Nullable String newer(TenantId tenant, Award award) {
        return award.supersededBy() == null
                ? null
                : shares.url(tenant, award.supersededBy()).orElse(null);
    }

    private @Nullable String decision(TenantId tenant, Award award, AchievementVersion version) {
        String hash = awards.decisionHashes(tenant, List.of(award)).get(award.publicId());
        return hash == null
                ? null
                : "/achievements/" + version.achievementPublicId() + "/" + version.version() + "/decisions/" + hash;
    }

    /** What she agreed to, or nothing: an e-mail address in its place was never agreed to. */
    private @Nullable String name(TenantId tenant, Award award) {
        if (award.nameShown() == Award.NameShown.NONE) {
            return null;
        }
        Profile profile = contexts.profiles(tenant, List.of(award.personId())).get(award.personId());
        if (profile == null) {
            return null;
        }
        return (award.nameShown() == Award.NameShown.NAME ? profile.fullName() : profile.initials())
                .map(ForeignText::shown)
                .orElse(null);
    }
}
