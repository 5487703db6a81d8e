package dev.laurel.achievement;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The picture that a badge has unless somebody uploads one. Shape and pattern follow from name and colour, so the preview
 * is what will be; a white medallion carries the label, so that it reads at 32 px, in print and without colour.
 */
final class BadgeDrawing {

    /** Width and height of every badge picture. */
    static final int SIZE = 512;

    /** Across the lower part, over label and outline: whoever cuts it off cuts the badge. */
    private static final String RIBBON = "<g transform=\"translate(256 372) rotate(-12)\">"
            + "<rect x=\"-340\" y=\"-52\" width=\"680\" height=\"104\" fill=\"#8c1023\"/>"
            + "<path d=\"M-340 -42H340M-340 42H340\" stroke=\"#ffffff\" stroke-width=\"4\"/>"
            + Initials.word("SAMPLE", "#ffffff") + "</g>";

    private final String name;

    private final BadgeColour colour;

    private final long seed;

    private final boolean sample;

    private BadgeDrawing(String name, BadgeColour colour, long seed, boolean sample) {
        this.name = name;
        this.colour = colour;
        this.seed = seed;
        this.sample = sample;
    }

    /** The same with a ribbon across that says what it is. */
    BadgeDrawing sample() {
        return new BadgeDrawing(name, colour, seed, true);
    }

    static BadgeDrawing of(String name, BadgeColour colour) {
        CRC32 sum = new CRC32();
        sum.update((name.strip() + colour.hex()).getBytes(StandardCharsets.UTF_8));
        return new BadgeDrawing(name, colour, sum.getValue(), false);
    }

    private enum Outline {
        CIRCLE,
        HEXAGON,
        OCTAGON,
        SHIELD,
        ROSETTE,
        SEAL,
        SQUARE
    }

    private enum Pattern {
        RAYS,
        RINGS,
        DOTS,
        STRIPES,
        WAVES,
        CHEVRONS
    }

    /**
     * @param title what the picture says to those who do not see it
     */
    String svg(String title) {
        Random random = new Random(seed);
        Outline outline = Outline.values()[random.nextInt(Outline.values().length)];
        Pattern pattern = Pattern.values()[random.nextInt(Pattern.values().length)];
        String deep = colour.deep().hex();
        String shape = shape(outline);
        // Several of these may stand in one page, so the id must differ.
        String id = "b" + Long.toHexString(seed);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512" role="img">\
                <title>%s</title>\
                <defs><clipPath id="%s"><path d="%s" transform="translate(23 23) scale(.91)"/></clipPath></defs>\
                <path d="%s" fill="%s" stroke="%s" stroke-width="12" stroke-linejoin="round"/>\
                <path d="%s" transform="translate(23 23) scale(.91)" fill="%s"/>\
                <g clip-path="url(#%s)">%s</g>\
                <circle cx="256" cy="%d" r="164" fill="#ffffff" stroke="%s" stroke-width="12"/>\
                <g transform="translate(256 %d)">%s</g>%s</svg>
                """.formatted(
                escape(title),
                id,
                shape,
                shape,
                deep,
                deep,
                shape,
                colour.hex(),
                id,
                pattern(pattern, deep, random),
                middle(outline),
                deep,
                middle(outline),
                Initials.drawn(name, deep),
                sample ? RIBBON : "").strip();
    }

    /** A picture of 512 by 512 with the ribbon painted over it. */
    static byte[] ribboned(byte[] png) {
        try {
            BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = image.createGraphics();
            graphics.drawImage(ImageIO.read(new ByteArrayInputStream(png)), 0, 0, SIZE, SIZE, null);
            String ribbon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\">" + RIBBON + "</svg>";
            graphics.drawImage(ImageIO.read(new ByteArrayInputStream(png(ribbon))), 0, 0, null);
            graphics.dispose();
            return encode(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An SVG of ours as a PNG of 512 by 512. */
    static byte[] png(String svg) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
        @Nullable
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault());
        if (document == null) {
            throw new IllegalStateException("The drawing cannot be read back");
        }
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render(null, graphics, new ViewBox(SIZE, SIZE));
        } finally {
            graphics.dispose();
        }
        return encode(image);
    }

    static byte[] encode(BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("This Java cannot write PNG");
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int middle(Outline outline) {
        return outline == Outline.SHIELD ? 236 : 256;
    }

    private static String shape(Outline outline) {
        return switch (outline) {
            case CIRCLE -> "M256 14A242 242 0 0 1 256 498A242 242 0 0 1 256 14Z";
            case HEXAGON -> star(6, 246, 246, -90);
            case OCTAGON -> star(8, 246, 246, -67.5);
            case SHIELD ->
                "M256 12C320 48 400 62 478 60 488 190 470 390 256 500 42 390 24 190 34 60 112 62 192 48 256 12Z";
            case ROSETTE -> rosette();
            case SEAL -> star(48, 246, 220, -90);
            case SQUARE ->
                "M106 18H406A88 88 0 0 1 494 106V406A88 88 0 0 1 406 494H106A88 88 0 0 1 18 406V106A88 88 0 0 1 106 18Z";
        };
    }

    private static String star(int corners, double outer, double inner, double start) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners; i++) {
            double radius = i % 2 == 0 ? outer : inner;
            point(path, i == 0, radius, Math.toRadians(start + 360.0 * i / corners));
        }
        return path.append('Z').toString();
    }

    private static String rosette() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 180; i++) {
            double angle = 2 * Math.PI * i / 180;
            point(path, i == 0, 230 + 15 * Math.cos(12 * angle), angle);
        }
        return path.append('Z').toString();
    }

    private static void point(StringBuilder path, boolean first, double radius, double angle) {
        path.append(first ? 'M' : 'L')
                .append(number(256 + radius * Math.cos(angle)))
                .append(' ')
                .append(number(256 + radius * Math.sin(angle)));
    }

    private String pattern(Pattern pattern, String deep, Random random) {
        // On a colour that is dark already only white shows.
        String paint = colour.contrastWithWhite() > 3.5 || random.nextBoolean() ? "#ffffff" : deep;
        StringBuilder path = new StringBuilder();
        switch (pattern) {
            case RAYS -> {
                int rays = 10 + 2 * random.nextInt(4);
                for (int i = 0; i < rays; i++) {
                    double from = 2 * Math.PI * i / rays;
                    path.append("M256 256");
                    point(path, false, 380, from);
                    point(path, false, 380, from + Math.PI / rays);
                    path.append('Z');
                }
            }
            case RINGS -> {
                for (int radius = 178; radius < 360; radius += 36) {
                    path.append("M%d 256A%d %d 0 0 1 %d 256A%d %d 0 0 1 %d 256Z"
                            .formatted(256 - radius, radius, radius, 256 + radius, radius, radius, 256 - radius));
                }
            }
            case DOTS -> {
                for (int row = 0; row < 13; row++) {
                    for (int column = 0; column < 13; column++) {
                        int x = column * 42 + (row % 2) * 21;
                        path.append("M%d %da9 9 0 0 1 18 0a9 9 0 0 1 -18 0Z".formatted(x - 9, row * 42));
                    }
                }
            }
            case STRIPES -> {
                int lean = random.nextBoolean() ? 160 : -160;
                for (int x = -200; x < 720; x += 44) {
                    path.append("M%d 0H%dL%d 512H%dZ".formatted(x, x + 20, x + 20 + lean, x + lean));
                }
            }
            case WAVES -> {
                for (int y = -20; y < 540; y += 46) {
                    path.append("M0 %dq32 -34 64 0t64 0t64 0t64 0t64 0t64 0t64 0t64 0".formatted(y));
                }
            }
            case CHEVRONS -> {
                for (int y = -40; y < 700; y += 56) {
                    path.append("M0 %dL256 %dL512 %dV%dL256 %dL0 %dZ".formatted(y, y - 90, y, y + 24, y - 66, y + 24));
                }
            }
        }
        boolean lines = pattern == Pattern.RINGS || pattern == Pattern.WAVES;
        return lines
                ? "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + paint
                        + "\" stroke-width=\"14\" stroke-opacity=\".24\"/>"
                : "<path d=\"" + path + "\" fill=\"" + paint + "\" fill-opacity=\".2\"/>";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** For text between tags; control characters are not XML at all. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
                    if (c >= 0x20 && !surrogate && c != 0xFFFE && c != 0xFFFF) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
