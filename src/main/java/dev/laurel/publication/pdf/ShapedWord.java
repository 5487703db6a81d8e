package dev.laurel.publication.pdf;

import dev.laurel.publication.pdf.DrawnFont.Sign;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Letters of one script put together by Java's text engine: joined, reordered and with their marks in place. */
final class ShapedWord {

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final char[] letters;

    private final GlyphVector glyphs;

    private ShapedWord(Font font, String word) {
        this.letters = word.toCharArray();
        this.glyphs = font.deriveFont((float) DrawnFont.EM)
                .layoutGlyphVector(EXACT, letters, 0, letters.length, Font.LAYOUT_LEFT_TO_RIGHT);
    }

    /** The signs of a word from left to right; empty where the font lacks one, or has a picture instead of an outline. */
    static Optional<List<Sign>> signs(Font font, String word) {
        boolean known = word.codePoints().filter(c -> !isUnseen(c)).allMatch(font::canDisplay);
        return known ? new ShapedWord(font, word).signs() : Optional.empty();
    }

    /** It changes others, and has no look of its own that a font must have. */
    static boolean isUnseen(int c) {
        return c == 0x200C || c == 0x200D || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF;
    }

    private Optional<List<Sign>> signs() {
        List<Sign> signs = new ArrayList<>();
        int count = glyphs.getNumGlyphs();
        int from = 0;
        while (from < count) {
            int begin = from == 0 ? 0 : glyphs.getGlyphCharIndex(from);
            int to = from + 1;
            while (to < count && !beginsAfter(begin, glyphs.getGlyphCharIndex(to))) {
                to++;
            }
            int end = to < count ? glyphs.getGlyphCharIndex(to) : letters.length;
            Optional<Sign> sign = sign(from, to, new String(letters, begin, end - begin));
            if (sign.isEmpty()) {
                return Optional.empty();
            }
            signs.add(sign.get());
            from = to;
        }
        return Optional.of(signs);
    }

    /** Whether a cluster of its own begins at this letter, and all that come later belong to it or to others after it. */
    private boolean beginsAfter(int begin, int letter) {
        return letter > begin
                && !Character.isLowSurrogate(letters[letter])
                && !isUnseen(Character.codePointAt(letters, letter))
                && !isMark(letter);
    }

    private boolean isMark(int letter) {
        int type = Character.getType(Character.codePointAt(letters, letter));
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private Optional<Sign> sign(int from, int to, String text) {
        double left = glyphs.getGlyphPosition(from).getX();
        double right = glyphs.getGlyphPosition(to).getX();
        GeneralPath outline = new GeneralPath();
        for (int i = from; i < to; i++) {
            outline.append(glyphs.getGlyphOutline(i), false);
        }
        if (outline.getBounds2D().isEmpty()) {
            return Optional.empty();
        }
        outline.transform(new AffineTransform(1, 0, 0, -1, -left, 0));
        return Optional.of(new Sign(text, operators(outline), (int) Math.round(right - left)));
    }

    private static String operators(GeneralPath outline) {
        StringBuilder operators = new StringBuilder();
        double[] at = new double[6];
        double[] last = new double[2];
        for (PathIterator path = outline.getPathIterator(null); !path.isDone(); path.next()) {
            switch (path.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> append(operators, 'm', at, 2);
                case PathIterator.SEG_LINETO -> append(operators, 'l', at, 2);
                case PathIterator.SEG_QUADTO -> append(operators, 'c', cubic(last, at), 6);
                case PathIterator.SEG_CUBICTO -> append(operators, 'c', at, 6);
                default -> operators.append("h\n");
            }
            remember(path.currentSegment(at), at, last);
        }
        return operators.toString();
    }

    private static void remember(int segment, double[] at, double[] last) {
        int end = switch (segment) {
            case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 0;
            case PathIterator.SEG_QUADTO -> 2;
            case PathIterator.SEG_CUBICTO -> 4;
            default -> -1;
        };
        if (end >= 0) {
            last[0] = at[end];
            last[1] = at[end + 1];
        }
    }

    /** PDF knows no quadratic curves. */
    private static double[] cubic(double[] from, double[] quadratic) {
        double x = quadratic[0];
        double y = quadratic[1];
        double toX = quadratic[2];
        double toY = quadratic[3];
        return new double[] {
            from[0] + (x - from[0]) * 2 / 3,
            from[1] + (y - from[1]) * 2 / 3,
            toX + (x - toX) * 2 / 3,
            toY + (y - toY) * 2 / 3,
            toX,
            toY
        };
    }

    private static void append(StringBuilder operators, char operator, double[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            operators.append(Math.round(numbers[i])).append(' ');
        }
        operators.append(operator).append('\n');
    }
}
