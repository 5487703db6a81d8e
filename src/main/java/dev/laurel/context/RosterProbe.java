package dev.laurel.context;

import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the roster of the course that was launched last, and keeps nothing of it. */
@Component
class RosterProbe implements Probe {

    private final Contexts contexts;

    private final RosterReader reader;

    RosterProbe(Contexts contexts, RosterReader reader) {
        this.contexts = contexts;
        this.reader = reader;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.ROSTER);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        Optional<CourseContext> course = contexts.lastLaunched(subject);
        if (course.isEmpty()) {
            return Finding.of(check, "no-course");
        }
        URI memberships = course.get().membershipsUrl();
        if (memberships == null) {
            return Finding.of(check, "not-offered");
        }
        try {
            int members = reader.read(subject.registration().id(), memberships).size();
            return Finding.of(check, "read", members);
        } catch (ServiceProblem problem) {
            return Finding.of(check, "failed", String.valueOf(problem.getMessage()));
        }
    }
}
