package dev.laurel.award.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.TestLaurelApplication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** How long a grade stands where nobody chose anything. */
class AwardSettingsTests {

    @Test
    void anInstallationLetsItStandForTenMinutesUnlessItsOperatorSaysOtherwise() throws Exception {
        assertThat(settings(Map.of()).standard())
                .returns(Duration.ofMinutes(10), AwardPolicy::settling)
                .returns(AwardPolicy.Releases.POSTED, AwardPolicy::releases);
        assertThat(settings(Map.of("LAUREL_AWARD_SETTLING", "3m")).settling()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void whoeverOnlyTriesItOutNeedNotWait() throws Exception {
        assertThat(settings(TestLaurelApplication.FOR_TRYING).settling()).isZero();
    }

    private static AwardSettings settings(Map<String, Object> given) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        List<PropertySource<?>> shipped =
                new YamlPropertySourceLoader().load("shipped", new ClassPathResource("application.yaml"));
        shipped.forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment).bind("laurel.award", AwardSettings.class).get();
    }
}
