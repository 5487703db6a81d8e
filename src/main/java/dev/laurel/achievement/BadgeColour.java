package dev.laurel.achievement;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The colour of a drawn badge, and the shade of it that can be read on white. */
record BadgeColour(int red, int green, int blue) {

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Calm hues that differ for most kinds of colour vision. */
    private static final String[] PALETTE = {
        "#2f6f4f", "#1f5f8b", "#7a4a9e", "#b3572b", "#a63d5b", "#2a7a86", "#8a6d1c", "#4a5a9e"
    };

    /** WCAG 2.2, 1.4.6: enhanced contrast of text. */
    private static final double READABLE = 7.0;

    /** The colour that was chosen; where it is none, one that follows from the name. */
    static BadgeColour of(String hex, String name) {
        if (HEX.matcher(hex).matches()) {
            return parse(hex);
        }
        CRC32 sum = new CRC32();
        sum.update(name.strip().getBytes(StandardCharsets.UTF_8));
        return parse(PALETTE[(int) (sum.getValue() % PALETTE.length)]);
    }

    private static BadgeColour parse(String hex) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return new BadgeColour(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
    }

    String hex() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    /** The same hue, as dark as it must be to be read on white. */
    BadgeColour deep() {
        BadgeColour shade = this;
        while (shade.contrastWithWhite() < READABLE) {
            shade = new BadgeColour(shade.red * 9 / 10, shade.green * 9 / 10, shade.blue * 9 / 10);
        }
        return shade;
    }

    double contrastWithWhite() {
        return 1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
