package dev.laurel.credential.leaving;

import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;

/** What an institution has at public addresses besides its issuers, badges and status lists, and what should stand there for ever. */
public interface LeavingDocuments {

    /** Every document of the institution, as it stands at its address now. */
    void write(TenantId tenant, Tree tree) throws IOException;

    /** The tree of an archive, which any web server can serve at the old address. */
    interface Tree {

        /** @param address that the installation has, or had before it moved */
        void add(String address, byte[] content) throws IOException;
    }
}
