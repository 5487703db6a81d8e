package dev.laurel.publication.page;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.Award;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.OpenBadges;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** A credential as answers over HTTP: the stored bytes exactly, or the picture with them inside. */
@Component
class CredentialFiles {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    private final Credentials credentials;

    private final OpenBadges badges;

    private final Achievements achievements;

    private final BadgeImages images;

    CredentialFiles(Credentials credentials, OpenBadges badges, Achievements achievements, BadgeImages images) {
        this.credentials = credentials;
        this.badges = badges;
        this.achievements = achievements;
        this.images = images;
    }

    StoredCredential stored(TenantId tenant, long awardId) {
        return credentials.find(tenant, awardId).orElseThrow(CredentialFiles::notFound);
    }

    /** What others get of it. */
    StoredCredential shown(OpenBadges.Open open) {
        return badges.shown(open).orElseThrow(CredentialFiles::notFound);
    }

    ResponseEntity<byte[]> json(StoredCredential stored, MediaType type) {
        return answer(type, "badge.json", stored.embedded());
    }

    ResponseEntity<byte[]> jwt(StoredCredential stored, MediaType type) {
        return Optional.ofNullable(stored.jwt())
                .map(jwt -> answer(type, "badge.jwt", jwt))
                .orElseThrow(CredentialFiles::notFound);
    }

    ResponseEntity<byte[]> image(TenantId tenant, Award award, StoredCredential stored) {
        return answer(MediaType.IMAGE_PNG, "badge.png", credentials.bake(picture(tenant, award), stored.embedded()));
    }

    /**
     * The drawing with the badge inside, where the picture was drawn and not uploaded. It holds only shapes; opened by itself it
     * is no page of ours either.
     */
    ResponseEntity<byte[]> drawing(TenantId tenant, Award award, StoredCredential stored) {
        String svg = drawing(tenant, award).orElseThrow(CredentialFiles::notFound);
        HttpHeaders headers = new HttpHeaders();
        ResponseEntity<byte[]> answer = answer(SVG, "badge.svg", credentials.bake(svg, stored.embedded()));
        headers.putAll(answer.getHeaders());
        headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
        headers.setContentDisposition(
                ContentDisposition.attachment().filename("badge.svg").build());
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    /** Empty where somebody uploaded the picture. */
    Optional<String> drawing(TenantId tenant, Award award) {
        return achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .flatMap(version -> images.find(tenant, version.imageId()))
                .map(BadgeImage::svg);
    }

    /** The picture of the badge with nothing inside. */
    byte[] picture(TenantId tenant, Award award) {
        return achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .flatMap(version -> images.find(tenant, version.imageId()))
                .map(BadgeImage::png)
                .orElseThrow(CredentialFiles::notFound);
    }

    /** Never kept by a cache: once withdrawn, it must be gone. */
    static ResponseEntity<byte[]> answer(MediaType type, String name, byte[] body) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline().filename(name).build().toString())
                .body(body);
    }

    static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
