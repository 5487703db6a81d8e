package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The marks of what is not real: a word before the name, and a ribbon across the picture, in print and at 32 px too. */
@Component
class SamplePictures {

    private static final int LONGEST_NAME = 200;

    private final ImageRepository images;

    private final Wording wording;

    SamplePictures(ImageRepository images, Wording wording) {
        this.images = images;
        this.wording = wording;
    }

    /** The name with the mark, once however often it is asked for. */
    String name(String name) {
        String bare = bare(name);
        String marked = wording.say("sample.name", bare);
        int tooMany = marked.codePointCount(0, marked.length()) - LONGEST_NAME;
        return tooMany <= 0
                ? marked
                : wording.say(
                        "sample.name", bare.substring(0, bare.offsetByCodePoints(bare.length(), -tooMany - 1)) + "…");
    }

    /** What would be drawn for a badge of this name, with the ribbon over it. */
    String drawing(String name, String colour, String title) {
        return BadgeDrawing.of(bare(name), BadgeColour.of(colour, bare(name)))
                .sample()
                .svg(title);
    }

    /** A copy of a picture with the ribbon: drawn anew, or painted over what somebody uploaded. */
    long picture(TenantId tenant, long imageId, String altText, String name, String colour, Instant now) {
        BadgeImage image =
                images.find(tenant, imageId).orElseThrow(() -> new IllegalArgumentException("No image " + imageId));
        Long course = images.uploadedIn(tenant, imageId).orElse(null);
        if (image.svg() == null) {
            return images.insert(tenant, BadgeDrawing.ribboned(image.png()), null, altText, course, now);
        }
        String svg = drawing(name, colour, altText);
        return images.insert(tenant, BadgeDrawing.png(svg), svg, altText, course, now);
    }

    private String bare(String name) {
        String mark = wording.say("sample.name", "");
        return name.startsWith(mark) && name.length() > mark.length() ? name.substring(mark.length()) : name;
    }
}
