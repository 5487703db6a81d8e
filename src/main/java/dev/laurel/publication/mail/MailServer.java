package dev.laurel.publication.mail;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Where messages go out, in an installation that sends any. */
@Component
class MailServer {

    private final ObjectProvider<JavaMailSender> sender;

    private final MailSettings settings;

    MailServer(ObjectProvider<JavaMailSender> sender, MailSettings settings) {
        this.sender = sender;
        this.settings = settings;
    }

    /** Empty where no mail server is set, or no address that messages come from. */
    Optional<JavaMailSender> sender() {
        return settings.from().isBlank() ? Optional.empty() : Optional.ofNullable(sender.getIfAvailable());
    }
}
