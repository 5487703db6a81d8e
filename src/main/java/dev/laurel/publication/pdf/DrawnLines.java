package dev.laurel.publication.pdf;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import com.openhtmltopdf.extend.FSTextBreaker;
import dev.laurel.publication.pdf.DrawnFont.Sign;
import java.util.BitSet;
import java.util.Map;

/**
 * Breaks lines where what the signs stand for can be broken: between ideographs, and between the words of scripts that write
 * no spaces.
 */
final class DrawnLines implements FSTextBreaker {

    private final Map<Integer, Sign> signs;

    private final BreakIterator usual = BreakIterator.getLineInstance(ULocale.ROOT);

    /** Where the text can be broken, and its end. */
    private BitSet breaks = new BitSet();

    private int at;

    DrawnLines(Map<Integer, Sign> signs) {
        this.signs = signs;
    }

    @Override
    public void setText(String text) {
        StringBuilder meant = new StringBuilder();
        int[] begins = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            begins[i] = meant.length();
            Sign sign = signs.get((int) text.charAt(i));
            if (sign == null) {
                meant.append(text.charAt(i));
            } else {
                meant.append(sign.text());
            }
        }
        begins[text.length()] = meant.length();
        usual.setText(meant.toString());
        breaks = new BitSet();
        for (int i = 1; i <= text.length(); i++) {
            breaks.set(i, usual.isBoundary(begins[i]));
        }
        at = 0;
    }

    @Override
    public int next() {
        int next = breaks.nextSetBit(at + 1);
        at = next < 0 ? at : next;
        return next < 0 ? BreakIterator.DONE : next;
    }
}
