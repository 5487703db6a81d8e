package dev.laurel.publication.page;

import dev.laurel.achievement.Details;
import dev.laurel.publication.QrCode;
import dev.laurel.publication.pdf.PdfDocuments;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A badge on paper: what its page says, and the way to the page, which alone can say whether it is valid now. */
@Component
class Certificates {

    private final PdfDocuments documents;

    private final Drawings drawings;

    private final Clock clock;

    Certificates(PdfDocuments documents, Drawings drawings, Clock clock) {
        this.documents = documents;
        this.drawings = drawings;
        this.clock = clock;
    }

    /** @param picture of the badge, as a PNG */
    byte[] of(SharedPage badge, byte[] picture, Locale locale) {
        Map<String, Object> model = new HashMap<>();
        model.put("badge", badge);
        model.put("picture", PdfDocuments.picture(picture));
        model.put("printed", ZonedDateTime.now(clock.withZone(badge.awarded().getZone())));
        model.put("complete", isComplete(badge));
        if (badge.isPublic()) {
            model.put("qr", PdfDocuments.picture(QrCode.of(badge.url()).png()));
        }
        return drawings.draw(() -> documents.render("publication/certificate", model, locale));
    }

    private boolean isComplete(SharedPage badge) {
        Details.Partner partner = badge.partner();
        return Stream.of(
                        badge.name(),
                        badge.holder(),
                        badge.issuer(),
                        partner == null ? null : partner.name(),
                        badge.level(),
                        badge.criteria())
                .filter(Objects::nonNull)
                .allMatch(documents::prints);
    }
}
