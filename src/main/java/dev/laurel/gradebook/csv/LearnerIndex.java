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

    LearnerIndex(Contexts contexts, List<LearnerAliases> aliases) {
        this.contexts = contexts;
        this.aliases = aliases;
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
        for (List<Long> some : parts(others)) {
            learners.addAll(contexts.leftAmong(course.tenant(), course.id(), some));
        }
        Learners index = new Learners(learners);
        for (List<Long> some : parts(members)) {
            aliases.forEach(known -> index.add(known.role(), known.of(course, some)));
            index.call(names(course, some));
        }
        return index;
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
