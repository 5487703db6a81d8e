package dev.laurel.publication;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Pages for strangers: only read, no session, no cookie, no script, in no search engine and in nobody's frame. One page of a
 * badge is for the frames of others: it asks for nothing, so nobody can be made to press anything in it.
 */
@Configuration(proxyBeanMethods = false)
class PublicPagesSecurity {

    static final int DRAWN_IN_A_MINUTE = 30;

    /** A page shows one or two, and whole schools share one address. */
    static final int PICTURES_IN_A_MINUTE = 300;

    /** Of a badge: each is verified for whoever looks at it, and a whole school may look at once. */
    static final int PAGES_IN_A_MINUTE = 600;

    /** By what an answer at one address differs: its form, and the names of before Laurel moved. */
    private static final StaticHeadersWriter VARY =
            new StaticHeadersWriter(HttpHeaders.VARY, HttpHeaders.ACCEPT, HttpHeaders.HOST, "X-Forwarded-Host");

    /** Whoever keeps an answer asks again whether it still holds, unless the answer says otherwise. */
    private static final StaticHeadersWriter ASK_AGAIN = new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "no-cache");

    /** What is drawn anew for each who asks takes a while: only so many from one address. */
    @Bean
    @Order(0)
    SecurityFilterChain drawnPages(HttpSecurity http) {
        return readOnly(http.securityMatcher("/b/*/certificate.pdf", "/b/*/card.png"))
                .addFilterAfter(new FloodFilter(new ClientLimit(DRAWN_IN_A_MINUTE)), HeaderWriterFilter.class)
                .build();
    }

    /** What is read whole, made smaller or filled with the badge for each who asks. */
    @Bean
    @Order(0)
    SecurityFilterChain publicPictures(HttpSecurity http) {
        return readOnly(http.securityMatcher(
                        "/b/*/picture",
                        "/b/*/image.png",
                        "/b/*/image.svg",
                        "/b/*/qr.svg",
                        "/achievements/*/*/image.png",
                        "/issuers/*/image.png",
                        "/issuers/*/images/*"))
                .addFilterAfter(new FloodFilter(new ClientLimit(PICTURES_IN_A_MINUTE)), HeaderWriterFilter.class)
                .build();
    }

    @Bean
    @Order(0)
    SecurityFilterChain framedPages(HttpSecurity http) {
        return readOnly(http.securityMatcher("/b/*/embed"), ForStrangers.policy("'none'", "*"))
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable))
                .addFilterAfter(new FloodFilter(new ClientLimit(PAGES_IN_A_MINUTE)), HeaderWriterFilter.class)
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain publicPages(HttpSecurity http) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        FloodFilter ofBadges = new FloodFilter(
                new ClientLimit(PAGES_IN_A_MINUTE),
                new OrRequestMatcher(
                        paths.matcher("/b/**"), paths.matcher("/refresh/**"), paths.matcher("/assertions/**")));
        RequestMatcher negotiated = new OrRequestMatcher(
                paths.matcher("/b/*"),
                paths.matcher("/refresh/*"),
                paths.matcher("/assertions/*"),
                paths.matcher("/achievements/**"),
                paths.matcher("/issuers/**"));
        return readOnly(http.securityMatcher(
                        "/b/**",
                        "/achievements/**",
                        "/issuers/**",
                        "/status-lists/**",
                        "/arrived/**",
                        "/refresh/**",
                        "/endorsements/**",
                        "/assertions/**"))
                .headers(headers -> headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(negotiated, VARY)))
                .addFilterAfter(ofBadges, HeaderWriterFilter.class)
                .build();
    }

    private static HttpSecurity readOnly(HttpSecurity http) {
        return readOnly(http, ForStrangers.READ);
    }

    private static HttpSecurity readOnly(HttpSecurity http, String policy) {
        ForStrangers.only(ForStrangers.stateless(http), HttpMethod.GET, HttpMethod.HEAD);
        return ForStrangers.loading(ForStrangers.fromAnySite(ForStrangers.unlisted(http)), policy)
                .headers(headers ->
                        headers.cacheControl(cache -> cache.disable()).addHeaderWriter(ASK_AGAIN));
    }
}
