package dev.laurel.publication.mail;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {

    private static final int EVERY_MINUTES = 1;

    @Bean("messageTask")
    Task<?> messageTask(Digests digests) {
        return Tasks.recurring("message-digests", FixedDelay.ofMinutes(EVERY_MINUTES))
                .execute((instance, context) -> digests.run());
    }

    @Bean("staffMessageTask")
    Task<?> staffMessageTask(StaffDigests digests) {
        return Tasks.recurring("staff-digests", FixedDelay.ofMinutes(EVERY_MINUTES))
                .execute((instance, context) -> digests.run());
    }

    /** The link of a message works without a session, and a mail program posts to it without a token of ours. */
    @Bean
    @Order(2)
    SecurityFilterChain silencePages(HttpSecurity http) {
        return http.securityMatcher(Silence.PATH + "**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(
                        headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                                .contentSecurityPolicy(
                                        policy -> policy.policyDirectives(
                                                "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")))
                .build();
    }
}
