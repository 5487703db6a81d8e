package dev.laurel.publication.page;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Achievements.OwnedVersion;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.OpenBadges2;
import dev.laurel.credential.check.OwnDocuments;
import dev.laurel.publication.Backpacks;
import dev.laurel.publication.Backpacks.Hosted;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What backpacks of Open Badges 2.0 read: the assertion that its holder lets stand, the badge and the issuer. An assertion that was
 * taken back answers 410 and says so. Our own verifier reads the same without a network in between.
 *
 * @see <a href="https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#HostedBadge">Open Badges 2.0,
 *     HostedBadge verification</a>
 */
@Controller
class OpenBadges2Controller implements OwnDocuments {

    private static final MediaType LD_JSON = MediaType.parseMediaType("application/ld+json");

    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

    private static final Pattern OWN = Pattern.compile(
            "/(?:assertions/([\\w-]{32})|achievements/" + ID + "/(\\d{1,6})/ob2\\.json|issuers/" + ID + "/ob2\\.json)");

    private final Backpacks backpacks;

    private final Achievements achievements;

    private final Issuers issuers;

    private final OpenBadges2 format;

    OpenBadges2Controller(Backpacks backpacks, Achievements achievements, Issuers issuers, OpenBadges2 format) {
        this.backpacks = backpacks;
        this.achievements = achievements;
        this.issuers = issuers;
        this.format = format;
    }

    @GetMapping("/assertions/{token}")
    ResponseEntity<byte[]> assertion(@PathVariable String token, HttpServletRequest request) {
        Hosted hosted = backpacks.at(token, format.askedBy(request)).orElseThrow(CredentialFiles::notFound);
        return answer(hosted.revoked() ? HttpStatus.GONE : HttpStatus.OK, hosted.json());
    }

    @GetMapping("/achievements/{publicId}/{version}" + OpenBadges2.PATH)
    ResponseEntity<byte[]> badge(@PathVariable UUID publicId, @PathVariable int version, HttpServletRequest request) {
        return answer(
                HttpStatus.OK,
                badgeJson(publicId, version, format.askedBy(request)).orElseThrow(CredentialFiles::notFound));
    }

    @GetMapping("/issuers/{publicId}" + OpenBadges2.PATH)
    ResponseEntity<byte[]> issuer(@PathVariable UUID publicId, HttpServletRequest request) {
        return answer(
                HttpStatus.OK, issuerJson(publicId, format.askedBy(request)).orElseThrow(CredentialFiles::notFound));
    }

    @Override
    public Optional<Document> at(URI address) {
        return format.all().stream()
                .flatMap(each -> each.pathOf(address).flatMap(path -> at(path, each)).stream())
                .findFirst();
    }

    private Optional<Document> at(String text, OpenBadges2 format) {
        Matcher path = OWN.matcher(text);
        if (!path.matches()) {
            return Optional.empty();
        }
        if (path.group(1) != null) {
            return backpacks.at(path.group(1), format).map(hosted -> new Document(hosted.json(), hosted.revoked()));
        }
        Optional<byte[]> json = path.group(2) != null
                ? badgeJson(UUID.fromString(path.group(2)), Integer.parseInt(path.group(3)), format)
                : issuerJson(UUID.fromString(path.group(4)), format);
        return json.map(body -> new Document(body, false));
    }

    private Optional<byte[]> badgeJson(UUID publicId, int version, OpenBadges2 format) {
        Optional<OwnedVersion> owned = achievements.activatedVersion(publicId, version);
        return owned.flatMap(
                found -> issuers.find(found.tenant(), found.version().issuerId())
                        .map(issuer -> format.badge(found.version(), issuer)));
    }

    private Optional<byte[]> issuerJson(UUID publicId, OpenBadges2 format) {
        return issuers.findByPublicId(publicId)
                .map(owned -> format.issuer(
                        owned.issuer(),
                        issuers.email(owned.tenant(), owned.issuer()).orElse(null)));
    }

    /** Never kept by a cache: once it is taken back, that must be seen. */
    private static ResponseEntity<byte[]> answer(HttpStatus status, byte[] json) {
        return ResponseEntity.status(status)
                .contentType(LD_JSON)
                .cacheControl(CacheControl.noStore())
                .body(json);
    }
}
