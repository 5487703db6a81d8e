package dev.laurel.achievement;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The short label of a badge, as shapes and never as text: it looks the same where the reader has other fonts or none.
 * Latin letters and digits are our own strokes; other scripts are outlines of a font of this machine; where it has none
 * for them a sprig of laurel stands instead.
 */
final class Initials {

    /** Height of a capital. */
    private static final int HEIGHT = 120;

    private static final int WIDTH = 80;

    private static final int GAP = 30;

    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de", "des",
            "der", "die", "das", "du", "el", "en", "et", "la", "le", "les", "los", "und", "van", "von", "y");

    /** Letters that do not fall apart into a base and a mark. */
    private static final Map<Integer, Character> BASES = Map.of(
            (int) 'Ł', 'L', (int) 'Ø', 'O', (int) 'Đ', 'D', (int) 'Æ', 'A', (int) 'Œ', 'O', (int) 'Þ', 'T', (int) 'ẞ',
            'S', (int) 'ß', 'S', (int) 'Ħ', 'H', (int) 'İ', 'I');

    /** One stroke per letter or digit in a box of 80 by 120. */
    private static final Map<Character, String> STROKES = Map.ofEntries(
            Map.entry('A', "M0 120 40 0 80 120M14 80H66"),
            Map.entry('B', "M6 58H44A29 29 0 0 0 44 0H6V120H46A31 31 0 0 0 46 58"),
            Map.entry('C', "M76 26A40 60 0 1 0 76 94"),
            Map.entry('D', "M6 0V120H28A50 60 0 0 0 28 0Z"),
            Map.entry('E', "M72 0H8V120H72M8 58H60"),
            Map.entry('F', "M72 0H8V120M8 60H60"),
            Map.entry('G', "M74 24A40 60 0 1 0 78 70V62H48"),
            Map.entry('H', "M4 0V120M76 0V120M4 60H76"),
            Map.entry('I', "M40 0V120"),
            Map.entry('J', "M62 0V86A29 34 0 0 1 4 86"),
            Map.entry('K', "M6 0V120M72 0 6 70M28 48 76 120"),
            Map.entry('L', "M8 0V120H72"),
            Map.entry('M', "M0 120V0L40 72 80 0V120"),
            Map.entry('N', "M4 120V0L76 120V0"),
            Map.entry('O', "M40 0A40 60 0 0 1 40 120A40 60 0 0 1 40 0Z"),
            Map.entry('P', "M8 120V0H42A34 34 0 0 1 42 68H8"),
            Map.entry('Q', "M40 0A40 60 0 0 1 40 120A40 60 0 0 1 40 0ZM50 88 78 124"),
            Map.entry('R', "M8 120V0H42A34 33 0 0 1 42 66H8M42 66 76 120"),
            Map.entry(
                    'S',
                    "M70 22C62 4 48 0 38 0 18 0 6 12 6 30 6 72 74 48 74 90 74 108 60 120 40 120 22 120 10 112 4 96"),
            Map.entry('T', "M0 0H80M40 0V120"),
            Map.entry('U', "M4 0V80A36 40 0 0 0 76 80V0"),
            Map.entry('V', "M0 0 40 120 80 0"),
            Map.entry('W', "M-6 0 16 120 40 36 64 120 86 0"),
            Map.entry('X', "M4 0 76 120M76 0 4 120"),
            Map.entry('Y', "M2 0 40 62 78 0M40 62V120"),
            Map.entry('Z', "M6 0H74L6 120H76"),
            Map.entry('0', "M40 0A36 60 0 0 1 40 120A36 60 0 0 1 40 0Z"),
            Map.entry('1', "M18 24 46 0V120"),
            Map.entry('2', "M8 34C8 -12 72 -10 72 34 72 62 40 80 6 120H76"),
            Map.entry('3', "M8 20C20 -8 70 -8 70 28 70 52 50 58 34 58 58 58 74 68 74 90 74 130 16 130 4 96"),
            Map.entry('4', "M58 120V0L4 84H80"),
            Map.entry('5', "M68 0H16L12 54C30 40 74 42 74 82 74 128 16 130 4 98"),
            Map.entry('6', "M64 4C30 8 6 44 6 82A34 38 0 1 0 74 82A34 38 0 0 0 7 74"),
            Map.entry('7', "M4 0H76L30 120"),
            Map.entry('8', "M40 0A28 28 0 0 1 40 56A28 28 0 0 1 40 0ZM40 56A34 32 0 0 1 40 120A34 32 0 0 1 40 56Z"),
            Map.entry('9', "M16 116C50 112 74 76 74 38A34 38 0 1 0 6 38A34 38 0 0 0 73 46"));

    private Initials() {}

    /** The label of a badge of this name as SVG, centred on 0,0. */
    static String drawn(String name, String colour) {
        List<Integer> letters = letters(name);
        List<Character> latin = new ArrayList<>();
        for (int letter : letters) {
            char base = base(letter);
            if (base == 0) {
                break;
            }
            latin.add(base);
        }
        if (!latin.isEmpty()) {
            return strokes(latin, colour, latin.size() == 1 ? "1.5" : "1.16");
        }
        return letters.isEmpty() ? sprig(colour) : outline(letters.get(0), colour);
    }

    /** A word of Latin capitals as SVG, centred on 0,0, about 50 high. */
    static String word(String capitals, String colour) {
        return strokes(capitals.chars().mapToObj(c -> (char) c).toList(), colour, ".42");
    }

    /** The first letters of the first two words that matter; a number always matters. */
    private static List<Integer> letters(String name) {
        List<String> words = new ArrayList<>();
        for (String word : NOT_A_WORD.split(name.strip())) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        List<String> big = words.stream()
                .filter(word -> !SMALL_WORDS.contains(word.toLowerCase(Locale.ROOT)))
                .toList();
        return (big.isEmpty() ? words : big)
                .stream()
                        .map(word -> Character.toUpperCase(word.codePointAt(0)))
                        .limit(2)
                        .toList();
    }

    /** The plain Latin capital or digit under this letter, or 0. */
    private static char base(int letter) {
        Character special = BASES.get(letter);
        if (special != null) {
            return special;
        }
        String apart = Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFKD);
        char first = Character.toUpperCase(apart.charAt(0));
        return STROKES.containsKey(first) ? first : 0;
    }

    private static String strokes(List<Character> letters, String colour, String scale) {
        int width = letters.size() * WIDTH + (letters.size() - 1) * GAP;
        StringBuilder svg = new StringBuilder("<g fill=\"none\" stroke=\"" + colour
                + "\" stroke-width=\"19\" stroke-linecap=\"round\" stroke-linejoin=\"round\" transform=\"scale(" + scale
                + ")\">");
        for (int i = 0; i < letters.size(); i++) {
            int x = i * (WIDTH + GAP) - width / 2;
            svg.append("<path transform=\"translate(")
                    .append(x)
                    .append(' ')
                    .append(-HEIGHT / 2)
                    .append(")\" d=\"")
                    .append(STROKES.get(letters.get(i)))
                    .append("\"/>");
        }
        return svg.append("</g>").toString();
    }

    private static String outline(int letter, String colour) {
        Shape shape;
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, HEIGHT);
            if (!font.canDisplay(letter)) {
                return sprig(colour);
            }
            shape = font.createGlyphVector(new FontRenderContext(null, true, true), Character.toString(letter))
                    .getOutline();
        } catch (RuntimeException | InternalError e) {
            // A machine without any font: java.awt says so in one of these two ways.
            return sprig(colour);
        }
        Rectangle2D box = shape.getBounds2D();
        if (box.isEmpty()) {
            return sprig(colour);
        }
        double scale = 184 / Math.max(box.getWidth(), box.getHeight());
        AffineTransform fit = AffineTransform.getScaleInstance(scale, scale);
        fit.translate(-box.getCenterX(), -box.getCenterY());
        return "<path fill=\"" + colour + "\" d=\"" + data(shape.getPathIterator(fit)) + "\"/>";
    }

    private static String data(PathIterator path) {
        StringBuilder data = new StringBuilder();
        double[] points = new double[6];
        for (; !path.isDone(); path.next()) {
            int kind = path.currentSegment(points);
            data.append("MLQCZ".charAt(kind));
            int numbers = kind == PathIterator.SEG_CLOSE
                    ? 0
                    : kind == PathIterator.SEG_CUBICTO ? 6 : kind == PathIterator.SEG_QUADTO ? 4 : 2;
            for (int i = 0; i < numbers; i++) {
                data.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.1f", points[i]));
            }
        }
        return data.toString();
    }

    private static String sprig(String colour) {
        StringBuilder svg = new StringBuilder("<g fill=\"" + colour + "\">");
        svg.append("<path fill=\"none\" stroke=\"")
                .append(colour)
                .append("\" stroke-width=\"10\" stroke-linecap=\"round\" d=\"M0 100V-60\"/>");
        for (int y = -50; y <= 60; y += 45) {
            for (int side = -1; side <= 1; side += 2) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<path transform=\"translate(0 %d) scale(%d 1)\" d=\"M4 20C20 -30 60 -34 84 -30 80 4 50 26 4 20Z\"/>",
                        y,
                        side));
            }
        }
        return svg.append("<path d=\"M0 -112C24 -86 22 -60 0 -44 -22 -60 -24 -86 0 -112Z\"/></g>")
                .toString();
    }
}
