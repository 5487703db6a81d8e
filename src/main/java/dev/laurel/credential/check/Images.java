package dev.laurel.credential.check;

import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.check.Check.Name;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whether the picture that a badge names is there. Without it the badge counts as well. */
final class Images {

    private static final int BEGINNING = 1_000;

    private Images() {}

    static void check(@Nullable String address, Findings findings, Web web) {
        if (address == null) {
            return;
        }
        try {
            byte[] image = web.get(Web.address(address));
            if (looksLikePicture(image)) {
                findings.passed(Name.IMAGE);
            } else {
                findings.warn(Name.IMAGE, Reason.IMAGE_BROKEN, address);
            }
        } catch (RefusedException e) {
            findings.warn(Name.IMAGE, e.reason(), address);
        }
    }

    private static boolean looksLikePicture(byte[] bytes) {
        boolean jpeg = bytes.length > 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
        String beginning = new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1);
        return BakedPng.isPng(bytes)
                || jpeg
                || beginning.startsWith("GIF8")
                || beginning.startsWith("RIFF")
                || beginning.contains("<svg");
    }
}
