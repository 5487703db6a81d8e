package dev.laurel.context.link;

import dev.laurel.context.Profile;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether two platforms mean the same name, however each writes it: order, accents, case and a second name aside. */
final class SameName {

    private SameName() {}

    /** False where either platform tells no name. */
    static boolean is(Profile one, Profile other) {
        Set<String> words = words(one);
        Set<String> others = words(other);
        Set<String> fewer = words.size() <= others.size() ? words : others;
        Set<String> more = fewer == words ? others : words;
        return more.containsAll(fewer) && (fewer.size() >= 2 || (fewer.size() == 1 && more.size() == 1));
    }

    private static Set<String> words(Profile profile) {
        String plain = Normalizer.normalize(profile.fullName().orElse(""), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
