package dev.laurel.publication.owner;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import dev.laurel.publication.ForStrangers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Like every page for strangers, but with one form, which does nothing for anybody who is signed in: there is no session. */
@Configuration(proxyBeanMethods = false)
class OwnerSecurity {

    private static final int PER_MINUTE = 60;

    @Bean
    @Order(0)
    SecurityFilterChain ownerPages(HttpSecurity http) {
        ForStrangers.only(
                ForStrangers.stateless(http.securityMatcher("/b/*/owner", "/b/*/owner/*")),
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST);
        ForStrangers.loading(ForStrangers.unlisted(http), ForStrangers.FILLED_IN);
        return http.addFilterAfter(new FloodFilter(new ClientLimit(PER_MINUTE)), HeaderWriterFilter.class)
                .build();
    }
}
