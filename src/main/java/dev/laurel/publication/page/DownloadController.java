package dev.laurel.publication.page;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.StoredCredential;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Disclosures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The holder takes her badge with her, shared or not. */
@Controller
@RequestMapping("/my/badges/{awardId}")
class DownloadController {

    private final CredentialFiles files;

    private final Awards awards;

    private final SharedPages pages;

    private final Certificates certificates;

    private final Disclosures disclosures;

    DownloadController(
            CredentialFiles files,
            Awards awards,
            SharedPages pages,
            Certificates certificates,
            Disclosures disclosures) {
        this.files = files;
        this.awards = awards;
        this.pages = pages;
        this.certificates = certificates;
        this.disclosures = disclosures;
    }

    @GetMapping("/image.png")
    ResponseEntity<byte[]> image(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        Own own = own(me, awardId);
        return saved(files.image(own.me().tenant(), own.award(), stored(own)), "badge.png");
    }

    @GetMapping("/image.svg")
    ResponseEntity<byte[]> drawing(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        Own own = own(me, awardId);
        return saved(files.drawing(own.me().tenant(), own.award(), stored(own)), "badge.svg");
    }

    @GetMapping("/credential.json")
    ResponseEntity<byte[]> json(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        return saved(files.json(stored(own(me, awardId)), MediaType.APPLICATION_JSON), "badge.json");
    }

    @GetMapping("/credential.jwt")
    ResponseEntity<byte[]> jwt(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        return saved(files.jwt(stored(own(me, awardId)), MediaType.TEXT_PLAIN), "badge.jwt");
    }

    /** On paper, with the name and the level that its page shows. */
    @GetMapping("/certificate.pdf")
    ResponseEntity<byte[]> certificate(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Locale locale) {
        Own own = own(me, awardId);
        Award award = own.award();
        if (award.revokedAt() != null || award.suspendedAt() != null) {
            throw CredentialFiles.notFound();
        }
        TenantId tenant = own.me().tenant();
        byte[] pdf = certificates.of(
                pages.own(tenant, award, disclosures.of(tenant, awardId)), files.picture(tenant, award), locale);
        return saved(CredentialFiles.answer(MediaType.APPLICATION_PDF, "certificate.pdf", pdf), "certificate.pdf");
    }

    private record Own(SignedIn me, Award award) {}

    private Own own(@Nullable SignedIn me, long awardId) {
        if (me == null) {
            throw CredentialFiles.notFound();
        }
        return awards.find(me.tenant(), awardId)
                .filter(award -> award.personId() == me.personId() && award.releasedAt() != null)
                .map(award -> new Own(me, award))
                .orElseThrow(CredentialFiles::notFound);
    }

    /** All that it says: what she keeps back from others she does not keep back from herself. */
    private StoredCredential stored(Own own) {
        return files.stored(own.me().tenant(), own.award().id());
    }

    /** To be kept as a file. */
    private static ResponseEntity<byte[]> saved(ResponseEntity<byte[]> answer, String name) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(answer.getHeaders());
        headers.setContentDisposition(
                ContentDisposition.attachment().filename(name).build());
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }
}
