package dev.laurel.gradebook.event;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What Canvas signed, by the keys that Instructure publishes for its Live Events; they change each month. */
@Component
class CanvasSignatures {

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    CanvasSignatures(
            OutboundHttp http,
            @Value("${laurel.events.canvas-jwks:https://8axpcl50e4.execute-api.us-east-1.amazonaws.com/main/jwks}")
                    URI jwks)
            throws IOException {
        JWKSource<SecurityContext> keys =
                JWKSourceBuilder.create(jwks.toURL(), url -> fetch(http, url)).build();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        // An event says nothing of who it is for, or for how long: it only makes somebody look.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    private static Resource fetch(OutboundHttp http, URL url) throws IOException {
        try {
            OutboundResponse answer = http.send(OutboundRequest.get(URI.create(url.toString()), "application/json"));
            if (!answer.isSuccess()) {
                throw new IOException("Answer " + answer.status());
            }
            return new Resource(answer.text(), "application/json");
        } catch (OutboundException e) {
            throw new IOException(e);
        }
    }

    /** The claims as JSON; empty where Canvas did not sign them, or its keys cannot be had now. */
    Optional<String> payload(String jwt) {
        try {
            return Optional.of(processor.process(jwt, null).toString());
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }
}
