package dev.laurel.publication.page;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Achievements.OwnedVersion;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.endorsement.AttachedEndorsements;
import dev.laurel.credential.endorsement.HolderEndorsement;
import dev.laurel.credential.endorsement.HolderEndorsements;
import dev.laurel.publication.ForeignText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What a badge says, at the URL that credentials name as their achievement. Only activated versions are public; they tell
 * nothing of anybody.
 */
@Controller
@RequestMapping("/achievements/{publicId}/{version}")
class AchievementController {

    private final Achievements achievements;

    private final Issuers issuers;

    private final BadgeImages images;

    private final Credentials credentials;

    private final AttachedEndorsements endorsements;

    private final HolderEndorsements holders;

    private final Contexts contexts;

    private final Awards awards;

    AchievementController(
            Achievements achievements,
            Issuers issuers,
            BadgeImages images,
            Credentials credentials,
            AttachedEndorsements endorsements,
            HolderEndorsements holders,
            Contexts contexts,
            Awards awards) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.images = images;
        this.credentials = credentials;
        this.endorsements = endorsements;
        this.holders = holders;
        this.contexts = contexts;
        this.awards = awards;
    }

    /** @param name {@code null}: somebody who has it */
    record Saying(@Nullable String name, String remark) {}

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String page(@PathVariable UUID publicId, @PathVariable int version, Model model) {
        OwnedVersion owned = find(publicId, version);
        Issuer issuer = issuers.find(owned.tenant(), owned.version().issuerId()).orElseThrow(CredentialFiles::notFound);
        model.addAttribute("badge", owned.version());
        model.addAttribute("issuer", issuer);
        model.addAttribute("partner", owned.version().partner(issuer));
        model.addAttribute("altText", image(owned).altText());
        List<String> ids = credentials.achievementIds(owned.version());
        model.addAttribute("endorsements", endorsements.shown(owned.tenant(), ids));
        model.addAttribute("holders", saying(owned, ids));
        model.addAttribute("sample", issuer.kind() == Issuer.Kind.SAMPLE);
        model.addAttribute("courseIssuer", issuer.kind() == Issuer.Kind.COURSE);
        return "publication/achievement";
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, "application/ld+json"})
    ResponseEntity<byte[]> json(@PathVariable UUID publicId, @PathVariable int version) {
        OwnedVersion owned = find(publicId, version);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(credentials.achievement(owned.tenant(), owned.version()));
    }

    /**
     * What a credential names as its evidence: how to check a record of a decision that its holder shows. It looks nothing
     * up and tells nothing of anybody.
     */
    @GetMapping("/decisions/{hash}")
    String decision(@PathVariable UUID publicId, @PathVariable int version, @PathVariable String hash, Model model) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw CredentialFiles.notFound();
        }
        OwnedVersion owned = find(publicId, version);
        model.addAttribute("badge", owned.version());
        model.addAttribute("hash", hash);
        return "publication/decision";
    }

    @GetMapping("/image.png")
    ResponseEntity<byte[]> picture(@PathVariable UUID publicId, @PathVariable int version) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(30)).cachePublic().immutable())
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(image(find(publicId, version)).png());
    }

    /** What those say who still have it, with the names of those who agreed to that. */
    private List<Saying> saying(OwnedVersion owned, List<String> ids) {
        List<HolderEndorsement> approved = holders.shown(owned.tenant(), ids);
        Set<Long> standing =
                awards
                        .find(
                                owned.tenant(),
                                approved.stream()
                                        .map(HolderEndorsement::awardId)
                                        .toList())
                        .stream()
                        .filter(Award::isValid)
                        .map(Award::id)
                        .collect(Collectors.toSet());
        List<HolderEndorsement> said = approved.stream()
                .filter(each -> standing.contains(each.awardId()))
                .toList();
        Map<Long, Profile> profiles = contexts.profiles(
                owned.tenant(),
                said.stream()
                        .filter(HolderEndorsement::named)
                        .map(HolderEndorsement::personId)
                        .toList());
        return said.stream()
                .map(each -> new Saying(
                        Optional.ofNullable(profiles.get(each.personId()))
                                .flatMap(Profile::fullName)
                                .map(ForeignText::shown)
                                .orElse(null),
                        ForeignText.shown(each.remark())))
                .toList();
    }

    private OwnedVersion find(UUID publicId, int version) {
        return achievements.activatedVersion(publicId, version).orElseThrow(CredentialFiles::notFound);
    }

    private BadgeImage image(OwnedVersion owned) {
        return images.find(owned.tenant(), owned.version().imageId()).orElseThrow(CredentialFiles::notFound);
    }
}
