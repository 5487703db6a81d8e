package dev.laurel.publication.page;

import dev.laurel.credential.Credentials;
import dev.laurel.publication.OpenBadges;
import dev.laurel.publication.OpenBadges.Open;
import dev.laurel.publication.page.CredentialForm.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The newest form of a credential for whoever has an older one: as its shared page gives it, and only while there is one; of the
 * award that took its place, where that is shared. The token in the address stands in the credential and nowhere else, so nobody finds it who was not
 * given the badge: its number alone, which certificates and lists of revocations tell, opens nothing.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#refreshservice">Open Badges 3.0, RefreshService</a>
 */
@Controller
class RefreshController {

    private final Credentials credentials;

    private final OpenBadges badges;

    private final CredentialFiles files;

    RefreshController(Credentials credentials, OpenBadges badges, CredentialFiles files) {
        this.credentials = credentials;
        this.badges = badges;
        this.files = files;
    }

    @GetMapping("/refresh/{refreshToken}")
    ResponseEntity<byte[]> newest(
            @PathVariable String refreshToken,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        Open open = credentials
                .awardOf(refreshToken)
                .map(found -> badges.newest(found.tenant(), found.awardId()))
                .orElseThrow(CredentialFiles::notFound);
        CredentialForm form = CredentialForm.of(accept);
        return form.kind() == Kind.JWT
                ? files.jwt(files.shown(open), form.type())
                : files.json(files.shown(open), form.kind() == Kind.JSON ? form.type() : MediaType.APPLICATION_JSON);
    }
}
