package dev.laurel.achievement.framework;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text in any script, as they are kept and asked for: runs of letters and digits in lower case. Where a script puts no
 * blanks between words, one may begin at each letter.
 */
final class SkillWords {

    /** Characters; of longer ones the beginning is kept. */
    static final int LONGEST = 64;

    /** Of one text: no name of a skill has so many, and each is a row. */
    static final int MOST = 60;

    private static final Set<UnicodeScript> WITHOUT_BLANKS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private SkillWords() {}

    /** Everything by which a text is found, of at most {@value #MOST} words. */
    static Set<String> kept(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (String run : runs(text)) {
            boolean begins = true;
            for (int at = 0; at < run.length(); at += Character.charCount(run.codePointAt(at))) {
                boolean blankless = WITHOUT_BLANKS.contains(UnicodeScript.of(run.codePointAt(at)));
                if ((begins || blankless) && words.size() < MOST) {
                    words.add(cut(run.substring(at)));
                }
                begins = blankless;
            }
        }
        return words;
    }

    /** The beginnings of words for which somebody asks. */
    static Set<String> asked(String text) {
        Set<String> words = new LinkedHashSet<>();
        runs(text).forEach(run -> words.add(cut(run)));
        return words;
    }

    private static List<String> runs(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(run -> !run.isEmpty())
                .toList();
    }

    private static String cut(String word) {
        if (word.length() <= LONGEST) {
            return word;
        }
        return word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
