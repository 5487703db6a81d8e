package dev.laurel.platform.selftest.probe;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the platform's key set anew, past the copy that launches use. */
@Component
class PlatformKeysProbe implements Probe {

    private final OutboundHttp http;

    PlatformKeysProbe(OutboundHttp http) {
        this.http = http;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.PLATFORM_KEYS);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        try {
            OutboundResponse response =
                    http.send(OutboundRequest.get(subject.registration().jwksUri(), "application/json"));
            if (response.status() != 200) {
                return Finding.of(check, "status", Integer.toString(response.status()));
            }
            List<String> kids = JWKSet.parse(response.text()).getKeys().stream()
                    .filter(PlatformKeysProbe::signs)
                    .map(JWK::getKeyID)
                    .toList();
            return kids.isEmpty()
                    ? Finding.of(check, "no-key")
                    : Finding.of(check, "readable", kids.size(), String.join(", ", kids));
        } catch (ParseException e) {
            return Finding.of(check, "no-key-set");
        } catch (OutboundException e) {
            return Finding.of(check, "no-answer", String.valueOf(e.getMessage()));
        }
    }

    /** What a launch can be verified with: RS256 and a kid. */
    private static boolean signs(JWK key) {
        return key.getKeyID() != null
                && KeyType.RSA.equals(key.getKeyType())
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()));
    }
}
