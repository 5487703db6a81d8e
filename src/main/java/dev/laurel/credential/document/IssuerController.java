package dev.laurel.credential.document;

import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.endorsement.AttachedEndorsements;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.DidDocuments;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the world may know of an issuer: its page, its DID document and its keys. Whoever asks at the host of before Laurel moved
 * gets what is called by the DID of then.
 *
 * @see <a href="https://www.w3.org/TR/did-core/">Decentralized Identifiers 1.0</a>
 */
@Controller
@RequestMapping("/issuers/{publicId}")
class IssuerController {

    private static final Duration LOGO_FRESH = Duration.ofDays(30);

    private final Issuers issuers;

    private final BadgeImages images;

    private final IssuerKeys keys;

    private final DidDocuments documents;

    private final CredentialAddresses addresses;

    private final AttachedEndorsements endorsements;

    IssuerController(
            Issuers issuers,
            BadgeImages images,
            IssuerKeys keys,
            DidDocuments documents,
            CredentialAddresses addresses,
            AttachedEndorsements endorsements) {
        this.issuers = issuers;
        this.images = images;
        this.keys = keys;
        this.documents = documents;
        this.addresses = addresses;
        this.endorsements = endorsements;
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String page(@PathVariable UUID publicId, Model model) {
        OwnedIssuer owned = find(publicId);
        model.addAttribute("issuer", owned.issuer());
        model.addAttribute("did", addresses.did(publicId));
        model.addAttribute(
                "endorsements",
                endorsements.shown(
                        owned.tenant(),
                        addresses.all().stream().map(each -> each.did(publicId)).toList()));
        return "credential/issuer";
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, "application/ld+json"})
    ResponseEntity<byte[]> profile(@PathVariable UUID publicId, HttpServletRequest request) {
        OwnedIssuer owned = find(publicId);
        CredentialAddresses names = addresses.askedBy(request);
        String did = names.did(publicId);
        IssuerProfile profile = IssuerProfile.of(
                owned.issuer(),
                names,
                endorsements.attached(owned.tenant(), List.of(did)).getOrDefault(did, List.of()));
        return open(JsonBytes.write(profile.document()));
    }

    /** A logo that the institution gave it, now or once. */
    @GetMapping("/images/{imageId}.png")
    ResponseEntity<byte[]> logo(@PathVariable UUID publicId, @PathVariable long imageId) {
        OwnedIssuer owned = find(publicId);
        return logo(owned, logos(owned).filter(each -> each == imageId));
    }

    /** What badges name that were signed while a logo had no address of its own: the first one that is known. */
    @GetMapping("/image.png")
    ResponseEntity<byte[]> firstLogo(@PathVariable UUID publicId) {
        OwnedIssuer owned = find(publicId);
        return logo(owned, logos(owned));
    }

    private Stream<Long> logos(OwnedIssuer owned) {
        return issuers.logos(owned.tenant(), owned.issuer().id()).stream();
    }

    private ResponseEntity<byte[]> logo(OwnedIssuer owned, Stream<Long> logos) {
        return logos.findFirst()
                .flatMap(image -> images.find(owned.tenant(), image))
                .map(image -> ResponseEntity.ok()
                        .contentType(MediaType.IMAGE_PNG)
                        .cacheControl(
                                CacheControl.maxAge(LOGO_FRESH).cachePublic().immutable())
                        .header("Cross-Origin-Resource-Policy", "cross-origin")
                        .body(image.png()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/did.json")
    ResponseEntity<Map<String, Object>> didDocument(@PathVariable UUID publicId, HttpServletRequest request) {
        OwnedIssuer owned = find(publicId);
        return open(documents
                .under(addresses.askedBy(request))
                .document(publicId, keys.all(owned.tenant(), owned.issuer())));
    }

    @GetMapping("/keys/{fragment}")
    ResponseEntity<Map<String, Object>> key(
            @PathVariable UUID publicId, @PathVariable String fragment, HttpServletRequest request) {
        OwnedIssuer owned = find(publicId);
        IssuerKey key = keys.find(owned.tenant(), owned.issuer(), fragment)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (key.stolenAt() != null) {
            // A bare JWK has no way to say so, and whoever reads it here believes what it signed.
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return open(documents.under(addresses.askedBy(request)).key(publicId, key));
    }

    private OwnedIssuer find(UUID publicId) {
        return issuers.findByPublicId(publicId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Verifiers in a browser come from anywhere. */
    private static <T> ResponseEntity<T> open(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
