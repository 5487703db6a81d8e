package dev.laurel.launch;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.FrameCookies;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What can be seen of launches only from outside: whether a browser gave cookies back, and which messages came. */
@Component
class LaunchProbe implements Probe {

    private static final String DEEP_LINKING = "LtiDeepLinkingRequest";

    private final Launches launches;

    LaunchProbe(Launches launches) {
        this.launches = launches;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.COOKIES, Check.DEEP_LINKING);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        return check == Check.COOKIES ? cookies(subject.cookies()) : deepLinking(subject);
    }

    private static Finding cookies(@Nullable FrameCookies cookies) {
        if (cookies == null) {
            return Finding.of(Check.COOKIES, "nobody");
        }
        return Finding.of(
                Check.COOKIES,
                switch (cookies) {
                    case BOTH -> "everywhere";
                    case PARTITIONED -> "partitioned";
                    case NONE -> "lost";
                    case UNFRAMED -> "unframed";
                });
    }

    private Finding deepLinking(Subject subject) {
        Optional<Instant> latest = subject.tenants().stream()
                .map(tenant -> launches.latest(tenant, subject.registration().id(), DEEP_LINKING))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        return latest.map(at -> Finding.of(Check.DEEP_LINKING, "seen", at.toString()))
                .orElse(Finding.of(Check.DEEP_LINKING, "never"));
    }
}
