package dev.laurel.gradebook.copy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A title taken apart, to be compared with another one. Numbers must be the same ("Essay 1" is not "Essay 2"), except years,
 * which a copy changes; the rest may differ a little in spelling.
 */
record TitleWords(List<String> numbers, Map<String, Integer> pairs, int size) {

    /** From how much on two titles are alike, of 1. */
    static final double ALIKE = 0.72;

    /** How much more than any other. */
    static final double CLEARLY = 0.08;

    private static final Set<String> SAYS_NOTHING = Set.of("copy", "kopie", "copie", "copia");

    static TitleWords of(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        List<String> numbers = new ArrayList<>();
        Map<String, Integer> pairs = new HashMap<>();
        int size = 0;
        for (String word : plain.split(" ")) {
            if (word.chars().anyMatch(Character::isDigit)) {
                if (!word.matches("(19|20)\\d\\d")) {
                    numbers.add(word);
                }
            } else if (!word.isEmpty() && !SAYS_NOTHING.contains(word)) {
                String spaced = " " + word + " ";
                for (int i = 0; i + 2 <= spaced.length(); i++) {
                    pairs.merge(spaced.substring(i, i + 2), 1, Integer::sum);
                    size++;
                }
            }
        }
        return new TitleWords(List.copyOf(numbers), Map.copyOf(pairs), size);
    }

    /** Between 0 and 1: the share of pairs of letters that both have. */
    double likeness(TitleWords other) {
        if (!numbers.equals(other.numbers)) {
            return 0;
        }
        if (size + other.size == 0) {
            return numbers.isEmpty() ? 0 : 1;
        }
        int common = 0;
        for (Map.Entry<String, Integer> pair : pairs.entrySet()) {
            common += Math.min(pair.getValue(), other.pairs.getOrDefault(pair.getKey(), 0));
        }
        return 2.0 * common / (size + other.size);
    }
}
