package dev.laurel.credential.signing;

import dev.laurel.award.Award;
import dev.laurel.award.AwardsReleased;
import dev.laurel.platform.road.Jobs;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hands released awards to the signing job, in the transaction that releases them. */
@Component
class CredentialIntake {

    private static final int SALT_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CredentialRepository credentials;

    private final Jobs jobs;

    private final Clock clock;

    CredentialIntake(CredentialRepository credentials, Jobs jobs, Clock clock) {
        this.credentials = credentials;
        this.jobs = jobs;
        this.clock = clock;
    }

    @EventListener
    void on(AwardsReleased released) {
        if (released.awards().isEmpty()) {
            return;
        }
        credentials.add(released.tenant(), released.awards(), CredentialIntake::salt, clock.instant());
        long revision = released.awards().stream().mapToLong(Award::id).max().orElseThrow();
        jobs.schedule(EmbeddedSigning.KIND, released.tenant(), "all", revision);
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_LENGTH];
        RANDOM.nextBytes(salt);
        return salt;
    }
}
