package dev.laurel.dashboard.badge;

import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Badge images for pages behind a launch. A stored picture never changes. */
@Controller
class PictureController {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    private final BadgeImages images;

    private final Pictures pictures;

    PictureController(BadgeImages images, Pictures pictures) {
        this.images = images;
        this.pictures = pictures;
    }

    @GetMapping("/pictures/{imageId}")
    ResponseEntity<byte[]> picture(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long imageId) {
        if (me == null || !pictures.isFor(me, imageId)) {
            throw Allowed.notFound();
        }
        BadgeImage image = images.find(me.tenant(), imageId).orElseThrow(Allowed::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(30)).cachePrivate().immutable())
                .body(image.png());
    }

    /** What would be drawn for a badge of this name and colour. */
    @GetMapping("/pictures/drawing")
    ResponseEntity<String> drawing(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam String name, @RequestParam String colour) {
        SignedIn instructor = Allowed.instructor(me);
        if (!colour.matches("#[0-9a-fA-F]{6}") || name.length() > 200) {
            throw Allowed.notFound();
        }
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePrivate())
                .body(images.draw(name, colour, instructor.acting().testCopy()));
    }
}
