package dev.laurel.publication.page;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.LearnerRecords;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.SurvivalKits;
import dev.laurel.credential.Variant;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Disclosures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything that somebody has earned in one file, which can be checked when Laurel is not there any more. */
@Controller
class KitController {

    private static final MediaType ZIP = MediaType.valueOf("application/zip");

    private final Awards awards;

    private final Credentials credentials;

    private final Achievements achievements;

    private final BadgeImages images;

    private final LearnerRecords records;

    private final SurvivalKits kits;

    private final HolderCredentials holders;

    private final Disclosures disclosures;

    KitController(
            Awards awards,
            Credentials credentials,
            Achievements achievements,
            BadgeImages images,
            LearnerRecords records,
            SurvivalKits kits,
            HolderCredentials holders,
            Disclosures disclosures) {
        this.awards = awards;
        this.credentials = credentials;
        this.achievements = achievements;
        this.images = images;
        this.records = records;
        this.kits = kits;
        this.holders = holders;
        this.disclosures = disclosures;
    }

    @GetMapping("/my/kit.zip")
    ResponseEntity<byte[]> kit(@AuthenticationPrincipal @Nullable SignedIn me, Locale locale) throws IOException {
        if (me == null) {
            throw CredentialFiles.notFound();
        }
        TenantId tenant = me.tenant();
        List<Award> told = awards.ofPerson(tenant, me.personId()).stream()
                .filter(award -> award.releasedAt() != null)
                .sorted(Comparator.comparing(Award::decidedAt))
                .toList();
        Map<Long, StoredCredential> signed =
                credentials.find(tenant, told.stream().map(Award::id).toList());
        List<Award> hers =
                told.stream().filter(award -> signed.containsKey(award.id())).toList();
        if (hers.isEmpty()) {
            throw CredentialFiles.notFound();
        }
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                tenant, hers.stream().map(KitController::key).toList());
        // Pictures are asked for one by one: all of them at once would be large.
        Iterable<SurvivalKits.Item> items = () -> hers.stream()
                .map(award -> item(tenant, award, versions.get(key(award)), signed.get(award.id())))
                .iterator();
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        kits.write(items, records.sign(tenant, me.personId()).orElse(null), locale, zip);
        return ResponseEntity.ok()
                .contentType(ZIP)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("badges.zip")
                                .build()
                                .toString())
                .body(zip.toByteArray());
    }

    private SurvivalKits.Item item(
            TenantId tenant, Award award, @Nullable AchievementVersion version, @Nullable StoredCredential credential) {
        if (version == null || credential == null) {
            throw new IllegalStateException("A signed badge without its version");
        }
        byte[] picture = images.find(tenant, version.imageId())
                .map(BadgeImage::png)
                .orElseThrow(() -> new IllegalStateException("A version without its picture"));
        return new SurvivalKits.Item(credential, version.name(), picture, forms(tenant, award));
    }

    /**
     * Others may have got the badge in one of them: without its level, with its results, for a wallet, or with her work. The last
     * only while she shows it: hidden again, its addresses are nobody's.
     */
    private List<byte[]> forms(TenantId tenant, Award award) {
        List<Variant> shown = disclosures.of(tenant, award.id()).forms(award);
        return Stream.concat(
                        Stream.of(Variant.values())
                                .filter(variant -> variant != Variant.AS_ISSUED)
                                .filter(variant -> !variant.saysWork() || shown.contains(variant))
                                .flatMap(variant -> credentials.find(tenant, award.id(), variant).stream()),
                        holders.all(tenant, award.id()).stream())
                .flatMap(form -> Optional.ofNullable(form.jwt()).stream())
                .toList();
    }

    private static AchievementVersion.Key key(Award award) {
        return new AchievementVersion.Key(award.achievementId(), award.achievementVersion());
    }
}
