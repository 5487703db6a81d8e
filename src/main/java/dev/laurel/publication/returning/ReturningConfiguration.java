package dev.laurel.publication.returning;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import dev.laurel.platform.road.Jobs;
import dev.laurel.publication.ForStrangers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

@Configuration(proxyBeanMethods = false)
class ReturningConfiguration {

    /** Addresses that one network types: a classroom fits, and nobody tries out a list. */
    private static final int ASKED_IN_A_MINUTE = 60;

    /** Whatever else: a classroom that asks, waits, opens its links and presses the buttons. */
    private static final int PER_MINUTE = 600;

    private static final String DOOR = "/issuers/*/my-badges";

    @Bean("addressMailTask")
    Task<?> addressMailTask(Jobs jobs, AddressMails mails) {
        return jobs.kind(AddressMails.KIND, mails::run);
    }

    /**
     * Two pages for strangers. Nothing here asks who is signed in. The address of a page that holds a secret is told to nobody: to
     * ourselves only the origin, so that a browser can say that a page of ours sent the form.
     */
    @Bean
    @Order(0)
    SecurityFilterChain returningPages(HttpSecurity http) {
        ForStrangers.only(
                ForStrangers.stateless(http.securityMatcher(DOOR, ShelfLinks.PATH + "*")),
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST);
        ForStrangers.loading(ForStrangers.unlisted(http), ForStrangers.FILLED_IN);
        return http.headers(
                        headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.STRICT_ORIGIN)))
                .addFilterAfter(new FloodFilter(new ClientLimit(PER_MINUTE)), HeaderWriterFilter.class)
                .addFilterAfter(
                        new FloodFilter(
                                new ClientLimit(ASKED_IN_A_MINUTE),
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, DOOR)),
                        HeaderWriterFilter.class)
                .build();
    }
}
