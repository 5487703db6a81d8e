package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.ScopeAnswer;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks the platform for a token of each scope by itself. */
@Component
class ScopeProbe implements Probe {

    private final PlatformServices services;

    ScopeProbe(PlatformServices services) {
        this.services = services;
    }

    @Override
    public Set<Check> checks() {
        return Arrays.stream(Check.values())
                .filter(check -> check.scope().isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        String scope = check.scope().orElseThrow().uri();
        try {
            ScopeAnswer answer = services.tryScope(subject.registration(), scope);
            if (answer.granted()) {
                return Finding.of(check, "granted");
            }
            return answer.isOnlyNotGranted()
                    ? Finding.of(check, "not-granted")
                    : Finding.of(check, "refused", Integer.toString(answer.status()), answer.error());
        } catch (OutboundException e) {
            return Finding.of(check, "no-answer", String.valueOf(e.getMessage()));
        }
    }
}
