package dev.laurel.gradebook.csv;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Learners who left a course and are in it as another person, as after an LMS put two of its accounts together: both persons
 * have the same names then. It takes more than an address for two persons to be one human.
 */
@Component
class ReturnedLearners {

    private final Contexts contexts;

    private final PersonLinks links;

    ReturnedLearners(Contexts contexts, PersonLinks links) {
        this.contexts = contexts;
        this.links = links;
    }

    /** Names of one kind from one source, by person. */
    record Names(Role role, Map<Long, String> byPerson) {}

    /**
     * Who is here now, by who left; nobody of whom it is not clear.
     *
     * @param active who are learners now
     */
    Map<Long, Long> of(CourseContext course, List<Names> known, Set<Long> active, Set<Long> left) {
        Set<Long> clashing = new TreeSet<>();
        known.forEach(names -> clashes(names).forEach(clashing::addAll));
        if (clashing.stream().noneMatch(left::contains)) {
            return Map.of();
        }
        List<Map<Long, String>> identities = new ArrayList<>();
        identities.add(contexts.platformUsers(course, clashing));
        known.stream().filter(names -> names.role() == Role.SIS_ID).forEach(names -> identities.add(names.byPerson()));
        Map<Long, Set<Long>> now = new HashMap<>();
        for (Names names : known) {
            if (names.role() == Role.USER_ID || names.role() == Role.SIS_ID) {
                clashes(names).forEach(clash -> pair(clash, active, left, identities, now));
            }
        }
        Set<Long> gone = new HashSet<>(clashing);
        gone.retainAll(left);
        links.others(course.tenant(), gone)
                .forEach((person, others) -> others.stream()
                        .filter(active::contains)
                        .forEach(other -> now.computeIfAbsent(person, each -> new HashSet<>())
                                .add(other)));
        return now.entrySet().stream()
                .filter(each -> each.getValue().size() == 1)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().iterator().next()));
    }

    private static List<Set<Long>> clashes(Names names) {
        Map<String, Set<Long>> persons = new HashMap<>();
        names.byPerson()
                .forEach((person, name) -> persons.computeIfAbsent(
                                Learners.normal(names.role(), name), each -> new TreeSet<>())
                        .add(person));
        return persons.values().stream().filter(same -> same.size() > 1).toList();
    }

    private static void pair(
            Set<Long> clash,
            Set<Long> active,
            Set<Long> left,
            List<Map<Long, String>> identities,
            Map<Long, Set<Long>> now) {
        List<Long> here =
                clash.stream().filter(person -> !left.contains(person)).toList();
        if (here.size() != 1 || !active.contains(here.get(0))) {
            return;
        }
        Long one = here.get(0);
        for (Long gone : clash) {
            if (!gone.equals(one) && identities.stream().noneMatch(names -> contradicts(names, one, gone))) {
                now.computeIfAbsent(gone, each -> new HashSet<>()).add(one);
            }
        }
    }

    /** A number may have been given away again: another one of theirs that differs speaks against it. */
    private static boolean contradicts(Map<Long, String> names, Long one, Long other) {
        return names.containsKey(one)
                && names.containsKey(other)
                && !names.get(one).equals(names.get(other));
    }
}
