package dev.laurel.platform.selftest.probe;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.laurel.platform.ToolKeys;
import dev.laurel.platform.http.AddressRefusedException;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Calls ourselves by the public URL, as platforms and browsers do. */
@Component
class AddressProbe implements Probe {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final PublicUrl publicUrl;

    private final ToolKeys keys;

    private final OutboundHttp http;

    AddressProbe(PublicUrl publicUrl, ToolKeys keys, OutboundHttp http) {
        this.publicUrl = publicUrl;
        this.keys = keys;
        this.http = http;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.PUBLIC_URL, Check.OWN_KEYS);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        return check == Check.PUBLIC_URL ? address() : keySet();
    }

    private Finding address() {
        boolean local = LOCAL.contains(publicUrl.value().getHost());
        String url = publicUrl.value().toString();
        if (!publicUrl.isHttps() && !local) {
            return Finding.of(Check.PUBLIC_URL, "plain-http", url);
        }
        try {
            OutboundResponse response = get("/health", "text/plain");
            if (response.status() != 200 || !response.text().equals("UP\n")) {
                return Finding.of(Check.PUBLIC_URL, "other-answer", url, Integer.toString(response.status()));
            }
            return Finding.of(Check.PUBLIC_URL, publicUrl.isHttps() ? "answers" : "local", url);
        } catch (AddressRefusedException e) {
            return Finding.of(Check.PUBLIC_URL, "private", url);
        } catch (OutboundException e) {
            return Finding.of(Check.PUBLIC_URL, "unreachable", url, String.valueOf(e.getMessage()));
        }
    }

    private Finding keySet() {
        try {
            OutboundResponse response = get("/lti/jwks.json", "application/json");
            if (response.status() != 200) {
                return Finding.of(Check.OWN_KEYS, "no-keys", Integer.toString(response.status()));
            }
            List<String> published = kids(JWKSet.parse(response.text()));
            List<String> wanted = kids(keys.published());
            return published.containsAll(wanted)
                    ? Finding.of(Check.OWN_KEYS, "published", wanted.size(), String.join(", ", wanted))
                    : Finding.of(Check.OWN_KEYS, "other-keys", String.join(", ", published));
        } catch (ParseException e) {
            return Finding.of(Check.OWN_KEYS, "no-keys", "200");
        } catch (AddressRefusedException e) {
            return Finding.of(Check.OWN_KEYS, "private");
        } catch (OutboundException e) {
            return Finding.of(Check.OWN_KEYS, "no-answer", String.valueOf(e.getMessage()));
        }
    }

    private OutboundResponse get(String path, String accept) {
        return http.send(OutboundRequest.get(URI.create(publicUrl.at(path)), accept));
    }

    private static List<String> kids(JWKSet set) {
        return set.getKeys().stream().map(JWK::getKeyID).map(String::valueOf).toList();
    }
}
