package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.csv.CsvMapping.Role;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of one course by the names that files call them. A name that two members have names nobody, except where one
 * of them left and is here as the other; and nobody is ever added. Learners have places from 0, so that what is noted about
 * them costs a bit each.
 */
final class Learners {

    /** Somebody of the course who cannot get results from a file. */
    private static final int NO_LEARNER = -1;

    private static final int TWO = -2;

    private static final Set<Character.UnicodeScript> WITHOUT_BLANKS = Set.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    private final long[] persons;

    private final Map<Role, Map<String, Integer>> places = new EnumMap<>(Role.class);

    /** Which learners are known by a name of this kind at all, and by which. */
    private final Map<Role, Map<Integer, Set<String>>> names = new EnumMap<>(Role.class);

    private final Map<Long, Integer> placeOf = new HashMap<>();

    private final Map<Integer, String> calls = new HashMap<>();

    private final Set<Long> left;

    private final Map<Long, Long> returned;

    /**
     * @param learners who are learners now
     * @param left who were
     * @param returned which of the learners somebody is who left, by who left
     */
    Learners(Collection<Long> learners, Set<Long> left, Map<Long, Long> returned) {
        this.left = left;
        this.returned = returned;
        this.persons = Stream.concat(learners.stream(), left.stream())
                .mapToLong(Long::longValue)
                .distinct()
                .sorted()
                .toArray();
        for (int place = 0; place < persons.length; place++) {
            placeOf.put(persons[place], place);
        }
    }

    int size() {
        return persons.length;
    }

    long person(int place) {
        return persons[place];
    }

    /** Whether somebody is no learner any more: what she earned is kept, whatever a later file leaves out. */
    boolean isGone(int place) {
        return left.contains(person(place));
    }

    int place(long person) {
        return placeOf.getOrDefault(person, NO_LEARNER);
    }

    /** @param aliases of members, learners or not */
    void add(Role role, Map<Long, String> aliases) {
        Map<String, Integer> byName = places.computeIfAbsent(role, each -> new HashMap<>());
        aliases.forEach((person, alias) -> {
            String name = normal(role, alias);
            int place = place(person);
            byName.merge(name, place, this::together);
            if (place >= 0) {
                names.computeIfAbsent(role, each -> new HashMap<>())
                        .computeIfAbsent(place, each -> new HashSet<>())
                        .add(name);
            }
        });
    }

    private int together(int one, int other) {
        boolean learners = one >= 0 && other >= 0;
        if (learners && one == other) {
            return one;
        }
        return learners && now(one) == now(other) ? now(one) : TWO;
    }

    /** The place of who somebody is here now. */
    private int now(int place) {
        return place(returned.getOrDefault(person(place), person(place)));
    }

    /** @param called what people are called, as far as anybody knows */
    void call(Map<Long, String> called) {
        called.forEach((person, name) -> {
            if (place(person) >= 0) {
                calls.put(place(person), name);
            }
        });
    }

    /** Empty where nobody knows it. */
    String name(int place) {
        return calls.getOrDefault(place, "");
    }

    /**
     * Whether a learner may be called so: one word in common is enough, or one that holds another, as where a name is written
     * without blanks. Names in two scripts cannot be compared.
     */
    boolean mayBeCalled(int place, String name) {
        Set<String> hers = words(name(place));
        Set<String> said = words(name);
        return hers.stream()
                        .anyMatch(one -> said.stream().anyMatch(other -> isWithin(one, other) || isWithin(other, one)))
                || Collections.disjoint(scripts(hers), scripts(said));
    }

    /** Of alphabets a few letters are in every other name. */
    private static boolean isWithin(String part, String whole) {
        return part.equals(whole)
                || whole.contains(part) && !Collections.disjoint(scripts(Set.of(part)), WITHOUT_BLANKS);
    }

    private static Set<Character.UnicodeScript> scripts(Set<String> words) {
        return words.stream()
                .flatMapToInt(String::codePoints)
                .mapToObj(Character.UnicodeScript::of)
                .collect(Collectors.toSet());
    }

    private static Set<String> words(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What is found under the names of one line. */
    record Match(int place, CsvProblem.@Nullable Reason problem) {}

    /** @param said what the line says of each kind; fields without anything are left out */
    Match find(List<Map.Entry<Role, String>> said) {
        if (said.isEmpty()) {
            return new Match(NO_LEARNER, CsvProblem.Reason.NOBODY_NAMED);
        }
        Set<Integer> found = new HashSet<>();
        boolean staff = false;
        for (Map.Entry<Role, String> name : said) {
            Integer place = places.getOrDefault(name.getKey(), Map.of()).get(normal(name.getKey(), name.getValue()));
            if (place != null && place == TWO) {
                return new Match(NO_LEARNER, CsvProblem.Reason.AMBIGUOUS_LEARNER);
            }
            if (place != null && place == NO_LEARNER) {
                staff = true;
            } else if (place != null) {
                found.add(place);
            }
        }
        if (found.size() > 1 || staff && !found.isEmpty()) {
            return new Match(NO_LEARNER, CsvProblem.Reason.TWO_LEARNERS);
        }
        if (found.isEmpty()) {
            return new Match(NO_LEARNER, staff ? CsvProblem.Reason.NO_LEARNER : CsvProblem.Reason.UNKNOWN_LEARNER);
        }
        int place = found.iterator().next();
        return contradicts(place, said)
                ? new Match(NO_LEARNER, CsvProblem.Reason.TWO_LEARNERS)
                : new Match(place, null);
    }

    /** One name is hers; where another of a kind that is known of her is not, the line speaks of two people. */
    private boolean contradicts(int place, List<Map.Entry<Role, String>> said) {
        return said.stream().anyMatch(name -> {
            Set<String> hers = names.getOrDefault(name.getKey(), Map.of()).get(place);
            // The user of LTI says nothing about a number of Canvas: only what is a number itself can contradict one.
            return hers != null
                    && !hers.contains(normal(name.getKey(), name.getValue()))
                    && (name.getKey() != Role.USER_ID || hers.stream().anyMatch(known -> known.matches("\\d+")));
        });
    }

    static String normal(Role role, String name) {
        String stripped = name.strip();
        return role == Role.EMAIL ? stripped.toLowerCase(Locale.ROOT) : stripped;
    }
}
