package dev.laurel.achievement;

import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The pictures of a tenant's badges: drawn by Laurel from name and colour, or uploaded. */
@Component
public class BadgeImages {

    private static final int LONGEST_ALT = 500;

    private final ImageRepository repository;

    private final SamplePictures samples;

    private final Wording wording;

    private final Clock clock;

    BadgeImages(ImageRepository repository, SamplePictures samples, Wording wording, Clock clock) {
        this.repository = repository;
        this.samples = samples;
        this.wording = wording;
        this.clock = clock;
    }

    public Optional<BadgeImage> find(TenantId tenant, long imageId) {
        return repository.find(tenant, imageId);
    }

    /** Whether the picture is there as a drawing too: nobody uploaded it. */
    public boolean isDrawn(TenantId tenant, long imageId) {
        return repository.isDrawn(tenant, imageId).orElse(false);
    }

    /** The badges of which any version shows this picture. */
    public Set<Long> shownBy(TenantId tenant, long imageId) {
        return repository.shownBy(tenant, imageId);
    }

    /** The course in which somebody uploaded this picture; empty for a drawing. */
    public Optional<Long> uploadedIn(TenantId tenant, long imageId) {
        return repository.uploadedIn(tenant, imageId);
    }

    /** The alternative texts of these pictures, without their bytes. */
    public Map<Long, String> altTexts(TenantId tenant, Collection<Long> imageIds) {
        return imageIds.isEmpty() ? Map.of() : repository.altTexts(tenant, imageIds);
    }

    /**
     * Checks and crops an uploaded picture to a square PNG without any of its metadata.
     *
     * @param contextId the course that may use it
     * @param altText what the picture says; blank: the badge that it is used for says it
     * @throws BadImageException with plain words for the instructor: too large, not a picture, too many pixels
     */
    public long upload(TenantId tenant, long contextId, byte[] bytes, String altText) {
        return repository.insert(
                tenant,
                UploadedPicture.toPng(bytes),
                null,
                Varchar.fitWithEllipsis(altText.strip(), LONGEST_ALT),
                contextId,
                clock.instant());
    }

    /**
     * What {@link #upload} would keep of a picture; nothing is stored.
     *
     * @throws BadImageException as there
     */
    public byte[] preview(byte[] bytes) {
        return UploadedPicture.toPng(bytes);
    }

    /** The SVG that a badge of this name and colour would get, for a preview while it is being written. */
    public String draw(String name, String colour, boolean sample) {
        String title = wording.say("image.alt.name", name.strip());
        return sample
                ? samples.drawing(name, colour, title)
                : BadgeDrawing.of(name, BadgeColour.of(colour, name)).svg(title);
    }

    /** The uploaded picture, the one drawn before where it still fits, or a new drawing. */
    long of(TenantId tenant, AchievementDraft draft, @Nullable AchievementVersion before, boolean sample) {
        String altText = altText(draft);
        Long uploaded = draft.imageId();
        if (uploaded != null) {
            boolean drawn = repository
                    .isDrawn(tenant, uploaded)
                    .orElseThrow(() -> new IllegalArgumentException("No image " + uploaded));
            // A form may send back the picture that was drawn before; it follows the name and the colour all the same.
            if (!drawn && sample && (before == null || before.imageId() != uploaded)) {
                return samples.picture(tenant, uploaded, altText, draft.name(), draft.colour(), clock.instant());
            }
            if (!drawn) {
                repository.describeIfSilent(tenant, uploaded, altText);
                return uploaded;
            }
        }
        if (before != null
                && before.name().equals(draft.name())
                && before.colour().equals(draft.colour())
                && before.description().equals(draft.description())
                && repository.isDrawn(tenant, before.imageId()).orElse(false)) {
            return before.imageId();
        }
        String svg = sample
                ? samples.drawing(draft.name(), draft.colour(), altText)
                : BadgeDrawing.of(draft.name(), BadgeColour.of(draft.colour(), draft.name()))
                        .svg(altText);
        return repository.insert(tenant, BadgeDrawing.png(svg), svg, altText, null, clock.instant());
    }

    private String altText(AchievementDraft draft) {
        String text = draft.description().isBlank()
                ? wording.say("image.alt.name", draft.name())
                : wording.say(
                        "image.alt.meaning", draft.name(), draft.description().strip());
        return Varchar.fitWithEllipsis(text, LONGEST_ALT);
    }
}
