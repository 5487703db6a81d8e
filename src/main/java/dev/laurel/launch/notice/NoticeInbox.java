package dev.laurel.launch.notice;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.text.ParseException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes notices in. What they say of themselves only finds the place to keep them; a job verifies it. */
@Component
class NoticeInbox {

    /** A flood under a platform's name fills this much and no more; what is lost the history of the next launch brings. */
    static final int MOST_WAITING = 500;

    private static final int LONGEST = 32 * 1024;

    private final Platforms platforms;

    private final NoticeRepository notices;

    private final Jobs jobs;

    private final Clock clock;

    NoticeInbox(Platforms platforms, NoticeRepository notices, Jobs jobs, Clock clock) {
        this.platforms = platforms;
        this.notices = notices;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What a platform is told. */
    enum Answer {
        KEPT,
        /** No JWT, or of no platform and deployment that may launch. */
        REFUSED,
        /** Too many wait. */
        BUSY
    }

    @Transactional
    public Answer take(String jwt) {
        Optional<Deployment> deployment = deployment(jwt);
        if (deployment.isEmpty() || deployment.get().tenant() == null) {
            return Answer.REFUSED;
        }
        TenantId tenant = deployment.get().tenant();
        long registrationId = deployment.get().registrationId();
        if (notices.waiting(tenant, registrationId) >= MOST_WAITING) {
            return Answer.BUSY;
        }
        byte[] hash = new Secret(jwt).hash();
        if (notices.keep(tenant, registrationId, hash, jwt, clock.instant())) {
            jobs.schedule(NoticeJob.KIND, tenant, HexFormat.of().formatHex(hash), 0);
        }
        return Answer.KEPT;
    }

    private Optional<Deployment> deployment(String jwt) {
        JWTClaimsSet claims = claims(jwt);
        if (claims == null) {
            return Optional.empty();
        }
        String issuer = claims.getIssuer();
        Object deploymentId = claims.getClaim("https://purl.imsglobal.org/spec/lti/claim/deployment_id");
        if (issuer == null || !(deploymentId instanceof String id)) {
            return Optional.empty();
        }
        return claims.getAudience().stream()
                .map(clientId -> platforms.registration(issuer, clientId))
                .flatMap(Optional::stream)
                .findFirst()
                .filter(Registration::active)
                .flatMap(registration -> platforms.activeDeployment(registration, id));
    }

    private static @Nullable JWTClaimsSet claims(String jwt) {
        if (jwt.length() > LONGEST) {
            return null;
        }
        try {
            return SignedJWT.parse(jwt).getJWTClaimsSet();
        } catch (ParseException | RuntimeException e) {
            // The parser stumbles over some headers, "null" for one, with whatever exception comes.
            return null;
        }
    }
}
