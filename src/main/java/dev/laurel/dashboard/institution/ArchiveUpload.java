package dev.laurel.dashboard.institution;

import dev.laurel.credential.leaving.ArchiveImport;
import dev.laurel.credential.leaving.ArchiveReception;
import dev.laurel.credential.leaving.ArchiveRefusedException;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.launch.session.UploadWatch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * An archive may be gigabytes on the disk of a node before anything asks what it is: an institution has its one place taken by
 * then, or nothing of it is read.
 */
@Component
class ArchiveUpload implements UploadWatch {

    /** Where the page finds the place, an {@link ArchiveReception}. */
    static final String RECEPTION = "laurel.archive-reception";

    private final ArchiveImport imports;

    ArchiveUpload(ArchiveImport imports) {
        this.imports = imports;
    }

    @Override
    public String path() {
        return ArchivesController.PATH;
    }

    @Override
    public void receive(SignedIn me, HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        ArchiveReception reception;
        try {
            reception = imports.receive(me.tenant(), me.personId());
        } catch (ArchiveRefusedException e) {
            response.sendRedirect(ArchivesController.NOT_KEPT);
            return;
        }
        try (reception) {
            request.setAttribute(RECEPTION, reception);
            rest.doFilter(request, response);
        }
    }
}
