package dev.laurel.gradebook.csv;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Everybody in a course by the names that are known of them. Who left as a learner can still get a late result. */
@Component
class LearnerIndex {

    private static final int AT_ONCE = 1_000;

    private final Contexts contexts;

    private final List<LearnerAliases> aliases;

    private final ReturnedLearners returned;

    LearnerIndex(Contexts contexts, List<LearnerAliases> aliases, ReturnedLearners returned) {
        this.contexts = contexts;
        this.aliases = aliases;
        this.returned = returned;
    }

    Learners of(CourseContext course) {
        List<Long> members = new ArrayList<>();
        Set<Long> learners = new HashSet<>();
        List<Long> others = new ArrayList<>();
        for (Member member : contexts.members(course.tenant(), course.id())) {
            members.add(member.personId());
            if (member.earns()) {
                learners.add(member.personId());
            } else {
                others.add(member.personId());
            }
        }
        Set<Long> left = new HashSet<>();
        for (List<Long> some : parts(others)) {
            left.addAll(contexts.leftAmong(course.tenant(), course.id(), some));
        }
        List<ReturnedLearners.Names> known =
                aliases.stream().map(each -> known(course, each, members)).toList();
        Learners index = new Learners(learners, left, returned.of(course, known, learners, left));
        known.forEach(names -> index.add(names.role(), names.byPerson()));
        for (List<Long> some : parts(members)) {
            index.call(names(course, some));
        }
        return index;
    }

    private static ReturnedLearners.Names known(CourseContext course, LearnerAliases names, List<Long> members) {
        Map<Long, String> byPerson = new HashMap<>();
        for (List<Long> some : parts(members)) {
            byPerson.putAll(names.of(course, some));
        }
        return new ReturnedLearners.Names(names.role(), byPerson);
    }

    private Map<Long, String> names(CourseContext course, List<Long> people) {
        Map<Long, String> names = new HashMap<>();
        contexts.profiles(course.tenant(), people)
                .forEach((person, profile) -> profile.fullName().ifPresent(name -> names.put(person, name)));
        return names;
    }

    private static List<List<Long>> parts(List<Long> people) {
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            parts.add(people.subList(from, Math.min(from + AT_ONCE, people.size())));
        }
        return parts;
    }
}
