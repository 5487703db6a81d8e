package dev.laurel.publication;

import dev.laurel.publication.CredentialForm.Kind;
import dev.laurel.publication.OpenBadges.Open;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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

    SharedPageController(OpenBadges badges, SharedPages pages, CredentialFiles files) {
        this.badges = badges;
        this.pages = pages;
        this.files = files;
    }

    /** A page or the stored bytes themselves, as the {@code Accept} header asks. */
    @GetMapping
    Object badge(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response) {
        Open open = badges.open(token);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        CredentialForm form = CredentialForm.of(accept);
        if (form.kind() == Kind.JSON) {
            return files.json(files.shown(badges.signed(token)), form.type());
        }
        if (form.kind() == Kind.JWT) {
            return files.jwt(files.shown(badges.signed(token)), form.type());
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView("publication/shared", Map.of("badge", pages.of(open), "token", token));
    }

    @GetMapping("/image.png")
    ResponseEntity<byte[]> image(@PathVariable String token) {
        Open open = badges.signed(token);
        return files.image(open.tenant(), open.award(), files.shown(open));
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
