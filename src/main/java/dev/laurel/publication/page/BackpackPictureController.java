package dev.laurel.publication.page;

import dev.laurel.award.Awards;
import dev.laurel.credential.OpenBadges2;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.Backpacks;
import dev.laurel.publication.Backpacks.Hosted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The picture that its holder uploads to a backpack of Open Badges 2.0, once she let the badge stand for it. */
@Controller
class BackpackPictureController {

    private final Backpacks backpacks;

    private final Awards awards;

    private final CredentialFiles files;

    private final OpenBadges2 format;

    BackpackPictureController(Backpacks backpacks, Awards awards, CredentialFiles files, OpenBadges2 format) {
        this.backpacks = backpacks;
        this.awards = awards;
        this.files = files;
        this.format = format;
    }

    @GetMapping("/my/badges/{awardId}/backpack.png")
    ResponseEntity<byte[]> picture(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        if (me == null) {
            throw CredentialFiles.notFound();
        }
        byte[] picture = awards.find(me.tenant(), awardId)
                .filter(award -> award.personId() == me.personId())
                .map(award -> files.picture(me.tenant(), award))
                .orElseThrow(CredentialFiles::notFound);
        byte[] assertion = backpacks
                .of(me.tenant(), awardId)
                .filter(hosted -> !hosted.revoked())
                .map(Hosted::json)
                .orElseThrow(CredentialFiles::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("badge-for-backpack.png")
                                .build()
                                .toString())
                .body(format.bake(picture, assertion));
    }
}
