package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.ScopeAnswer;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the platform for a token of each scope by itself. */
@Component
class ScopeProbe implements Probe {

    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";

    private static final Map<Check, String> SCOPES = Map.of(
            Check.SCOPE_LINE_ITEM, AGS + "lineitem",
            Check.SCOPE_LINE_ITEM_READONLY, AGS + "lineitem.readonly",
            Check.SCOPE_RESULT_READONLY, AGS + "result.readonly",
            Check.SCOPE_SCORE, AGS + "score",
            Check.SCOPE_MEMBERSHIP_READONLY,
                    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly");

    private final PlatformServices services;

    ScopeProbe(PlatformServices services) {
        this.services = services;
    }

    @Override
    public Set<Check> checks() {
        return SCOPES.keySet();
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        try {
            ScopeAnswer answer = services.tryScope(subject.registration(), SCOPES.getOrDefault(check, ""));
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
