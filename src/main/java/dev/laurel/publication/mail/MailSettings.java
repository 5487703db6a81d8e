package dev.laurel.publication.mail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of messages by e-mail. They are sent only where a mail server is set ({@code spring.mail.host}) and a sender here.
 *
 * @param from the address that messages come from; empty: none are sent
 * @param every the least time between two messages to one person
 * @param gap a pause of the installation from which on it may be a restored backup: what waited then is not sent
 */
@ConfigurationProperties("laurel.mail")
record MailSettings(
        @DefaultValue("") String from,
        @DefaultValue("24h") Duration every,
        @DefaultValue("10m") Duration gap) {}
