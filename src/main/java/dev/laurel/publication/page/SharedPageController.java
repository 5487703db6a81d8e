package dev.laurel.publication.page;

import dev.laurel.publication.OpenBadges;
import dev.laurel.publication.OpenBadges.Open;
import dev.laurel.publication.QrCode;
import dev.laurel.publication.ShareCounts;
import dev.laurel.publication.ShareCounts.Way;
import dev.laurel.publication.page.CredentialForm.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** A badge at the address that its holder gave away. Not shared, never shared and withdrawn look the same: 404. */
@Controller
@RequestMapping("/b/{token}")
class SharedPageController {

    private final OpenBadges badges;

    private final SharedPages pages;

    private final CredentialFiles files;

    private final Certificates certificates;

    private final Drawings drawings;

    private final ShareCounts counts;

    SharedPageController(
            OpenBadges badges,
            SharedPages pages,
            CredentialFiles files,
            Certificates certificates,
            Drawings drawings,
            ShareCounts counts) {
        this.badges = badges;
        this.pages = pages;
        this.files = files;
        this.certificates = certificates;
        this.drawings = drawings;
        this.counts = counts;
    }

    /** A page or the stored bytes themselves, as the {@code Accept} header asks. */
    @GetMapping
    Object badge(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response) {
        Open open = badges.open(token);
        CredentialForm form = CredentialForm.of(accept);
        if (form.kind() == Kind.JSON) {
            return files.json(files.shown(badges.signed(token)), form.type());
        }
        if (form.kind() == Kind.JWT) {
            return files.jwt(files.shown(badges.signed(token)), form.type());
        }
        counts.looked(open, Way.PAGE, request);
        return page("publication/shared", open, token, response);
    }

    /** For the frames of other sites. */
    @GetMapping("/embed")
    ModelAndView embedded(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        Open open = badges.open(token);
        counts.looked(open, Way.EMBEDDED, request);
        return page("publication/embedded", open, token, response);
    }

    private ModelAndView page(String template, Open open, String token, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView(template, Map.of("badge", pages.of(open, token), "token", token, "openGraph", true));
    }

    /** On to the form at LinkedIn, by way of here only so that it can be counted without a script. */
    @GetMapping("/linkedin")
    ResponseEntity<Void> linkedIn(@PathVariable String token, HttpServletRequest request) {
        Open open = badges.standing(token);
        counts.used(open, Way.LINKEDIN, request);
        return ResponseEntity.status(HttpStatus.FOUND)
                .cacheControl(CacheControl.noStore())
                .location(URI.create(LinkedIn.addToProfile(pages.of(open, token))))
                .build();
    }

    /** What the page shows; the file with the badge inside is {@code image.png}. */
    @GetMapping("/picture")
    ResponseEntity<byte[]> picture(@PathVariable String token) {
        byte[] original = original(token);
        byte[] picture = drawings.draw(() -> SharePictures.light(original));
        boolean png = picture[0] != (byte) 0xFF;
        return CredentialFiles.answer(
                png ? MediaType.IMAGE_PNG : MediaType.IMAGE_JPEG, png ? "picture.png" : "picture.jpg", picture);
    }

    /** What services show beside the address of the page. */
    @GetMapping("/card.png")
    ResponseEntity<byte[]> card(@PathVariable String token) {
        byte[] original = original(token);
        return CredentialFiles.answer(
                MediaType.IMAGE_PNG, "card.png", drawings.draw(() -> SharePictures.card(original)));
    }

    @GetMapping("/qr.svg")
    ResponseEntity<byte[]> qrCode(@PathVariable String token) {
        badges.open(token);
        String url = pages.url(token);
        return CredentialFiles.answer(
                MediaType.valueOf("image/svg+xml"),
                "qr.svg",
                QrCode.of(url).svg(url).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] original(String token) {
        Open open = badges.open(token);
        return files.picture(open.tenant(), open.award());
    }

    @GetMapping("/image.png")
    ResponseEntity<byte[]> image(@PathVariable String token) {
        Open open = badges.signed(token);
        return files.image(open.tenant(), open.award(), files.shown(open));
    }

    @GetMapping("/certificate.pdf")
    ResponseEntity<byte[]> certificate(@PathVariable String token, HttpServletRequest request, Locale locale) {
        Open open = badges.standing(token);
        counts.used(open, Way.PDF, request);
        return CredentialFiles.answer(
                MediaType.APPLICATION_PDF,
                "certificate.pdf",
                certificates.of(pages.of(open, token), files.picture(open.tenant(), open.award()), locale));
    }

    @GetMapping("/image.svg")
    ResponseEntity<byte[]> drawing(@PathVariable String token) {
        Open open = badges.signed(token);
        return files.drawing(open.tenant(), open.award(), files.shown(open));
    }

    @GetMapping("/credential.json")
    ResponseEntity<byte[]> json(@PathVariable String token) {
        return files.json(files.shown(badges.signed(token)), MediaType.APPLICATION_JSON);
    }

    @GetMapping("/credential.jwt")
    ResponseEntity<byte[]> jwt(@PathVariable String token) {
        return files.jwt(files.shown(badges.signed(token)), MediaType.TEXT_PLAIN);
    }
}
