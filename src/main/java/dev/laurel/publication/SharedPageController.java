package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.publication.CredentialForm.Kind;
import dev.laurel.publication.ShareRepository.Shared;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** A badge at the address that its holder gave away. Not shared, never shared and withdrawn look the same: 404. */
@Controller
@RequestMapping("/b/{token}")
class SharedPageController {

    private final Shares shares;

    private final SharedPages pages;

    private final CredentialFiles files;

    private final Awards awards;

    SharedPageController(Shares shares, SharedPages pages, CredentialFiles files, Awards awards) {
        this.shares = shares;
        this.pages = pages;
        this.files = files;
        this.awards = awards;
    }

    /** A page or the stored bytes themselves, as the {@code Accept} header asks. */
    @GetMapping
    Object badge(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response) {
        Public shown = shared(token);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        CredentialForm form = CredentialForm.of(accept);
        if (form.kind() != Kind.PAGE && shown.award().revokedAt() != null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        if (form.kind() == Kind.JSON) {
            return files.json(shown.shared().tenant(), shown.award().id(), form.type());
        }
        if (form.kind() == Kind.JWT) {
            return files.jwt(shown.shared().tenant(), shown.award().id(), form.type());
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView(
                "publication/shared",
                Map.of("badge", pages.of(shown.shared().tenant(), shown.award()), "token", token));
    }

    @GetMapping("/image.png")
    ResponseEntity<byte[]> image(@PathVariable String token) {
        Public shown = find(token);
        return files.image(shown.shared().tenant(), shown.award());
    }

    @GetMapping("/credential.json")
    ResponseEntity<byte[]> json(@PathVariable String token) {
        Public shown = find(token);
        return files.json(shown.shared().tenant(), shown.award().id(), MediaType.APPLICATION_JSON);
    }

    @GetMapping("/credential.jwt")
    ResponseEntity<byte[]> jwt(@PathVariable String token) {
        Public shown = find(token);
        return files.jwt(shown.shared().tenant(), shown.award().id(), MediaType.TEXT_PLAIN);
    }

    private record Public(Shared shared, Award award) {}

    /** What stands. */
    private Public find(String token) {
        Public shown = shared(token);
        if (shown.award().revokedAt() != null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return shown;
    }

    /** What stands, or what a newer one took the place of: of that the page remains, which says so. */
    private Public shared(String token) {
        Shared shared = shares.byToken(token).orElseThrow(CredentialFiles::notFound);
        Award award = awards.find(shared.tenant(), shared.awardId()).orElseThrow(CredentialFiles::notFound);
        if (award.revokedAt() != null && award.supersededBy() == null) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        if (award.suspendedAt() != null) {
            // While it does not count, strangers see what they see of a page that is not shared.
            throw CredentialFiles.notFound();
        }
        return new Public(shared, award);
    }
}
