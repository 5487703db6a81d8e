package dev.laurel.publication.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Where messages go out, in an installation that sends any. */
@Component
public class MailServer {

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

    /** Whether this installation can send e-mail. */
    public boolean isThere() {
        return sender().isPresent();
    }

    /**
     * Sends one message in plain text, which nobody subscribed to: it answers what somebody just asked for.
     *
     * @throws MailNotTakenException where the mail server does not take it, or there is none
     */
    public void send(String address, String subject, String text) {
        JavaMailSender mail = sender().orElseThrow(() -> new MailNotTakenException("none", false));
        try {
            MimeMessage message = mail.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            helper.setFrom(settings.from());
            helper.setTo(address);
            helper.setSubject(subject);
            helper.setText(text);
            message.setHeader("Auto-Submitted", "auto-generated");
            mail.send(message);
        } catch (MailException | MessagingException e) {
            throw new MailNotTakenException(e.getClass().getSimpleName(), isForGood(e));
        }
    }

    /** An address that is none, or of which the server says that it never takes anything for it (RFC 5321, 4.2.1: 5yz). */
    private static boolean isForGood(Exception problem) {
        return problem instanceof AddressException
                || problem instanceof SendFailedException refused
                        && refused.getInvalidAddresses() != null
                        && refused.getInvalidAddresses().length > 0
                || problem instanceof MailSendException several
                        && Arrays.stream(several.getMessageExceptions()).anyMatch(MailServer::isForGood);
    }
}
