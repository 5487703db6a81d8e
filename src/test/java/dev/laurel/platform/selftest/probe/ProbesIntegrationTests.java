package dev.laurel.platform.selftest.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.laurel.LaurelTest;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ToolKeys;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Subject;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What no test installation can have: addresses of other kinds, and a queue that is slow. */
@LaurelTest
class ProbesIntegrationTests {

    @Autowired
    ToolKeys keys;

    @Autowired
    OutboundHttp http;

    @Autowired
    JobsProbe jobs;

    @Autowired
    PlatformKeysProbe platformKeys;

    @Autowired
    Platforms platforms;

    @ParameterizedTest
    @CsvSource({
        "http://badges.example.edu, plain-http, PROBLEM",
        "https://10.20.30.40, private, NOT_TESTED",
        "https://badges.invalid, unreachable, PROBLEM"
    })
    void anAddressOfAnotherKindIsTold(String url, String code, Outcome outcome) {
        var finding = new AddressProbe(new PublicUrl(URI.create(url)), keys, http)
                .probe(Check.PUBLIC_URL, MailProbeTests.subject());

        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.outcome()).isEqualTo(outcome);
    }

    @Test
    void ourOwnKeysBehindAPrivateAddressAreNotTested() {
        var finding = new AddressProbe(new PublicUrl(URI.create("https://10.20.30.40")), keys, http)
                .probe(Check.OWN_KEYS, MailProbeTests.subject());

        assertThat(finding.outcome()).isEqualTo(Outcome.NOT_TESTED);
    }

    @Test
    void aSelfTestThatWaitedSaysThatTheQueueIsSlow() {
        Subject now = MailProbeTests.subject();
        Subject longAgo = new Subject(
                now.registration(), List.of(), true, false, null, Instant.now().minusSeconds(90));

        assertThat(jobs.probe(Check.JOBS, longAgo).code()).isEqualTo("slow");
        assertThat(jobs.probe(Check.JOBS, now).code()).isEqualTo("alive");
    }

    @Test
    void aKeySetWithoutAKeyForLaunchesIsAProblem() throws Exception {
        try (TestPlatform platform = new TestPlatform()) {
            Registration registration = platforms.register(platform.registration(), false);
            Subject subject = new Subject(registration, List.of(), true, false, null, Instant.now());
            platform.rotateTo(new RSAKeyGenerator(2048).generate());

            assertThat(platformKeys.probe(Check.PLATFORM_KEYS, subject).code()).isEqualTo("no-key");

            platform.rotateTo(TestPlatform.newKey("new"));
            assertThat(platformKeys.probe(Check.PLATFORM_KEYS, subject).code()).isEqualTo("readable");
        }
    }
}
