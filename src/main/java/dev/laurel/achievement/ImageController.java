package dev.laurel.achievement;

import dev.laurel.launch.session.SignedIn;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ResponseStatusException;

/** Pictures of badges for the pages behind a launch; strangers get theirs from {@code publication}. */
@Controller
class ImageController {

    private final Achievements achievements;

    ImageController(Achievements achievements) {
        this.achievements = achievements;
    }

    @GetMapping("/images/{id}")
    ResponseEntity<byte[]> image(
            @PathVariable("id") long id, @AuthenticationPrincipal SignedIn me, WebRequest request) {
        BadgeImage image = achievements
                .image(me.tenant(), id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        // The bytes behind a number never change, so the number is the tag.
        String tag = "\"" + id + "\"";
        CacheControl cache =
                CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();
        if (request.checkNotModified(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(tag)
                    .cacheControl(cache)
                    .build();
        }
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(cache)
                .contentType(MediaType.IMAGE_PNG)
                .body(image.png());
    }
}
