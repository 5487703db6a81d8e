package dev.laurel.launch.confirm;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Hands one act of one launch over to a window that has no cookie of the frame: sealed, so that it can be neither read nor
 * made by anybody else. It opens nothing but the question, or does nothing but the act.
 *
 * @param number tells tickets apart; proves nothing
 */
record Ticket(Stage stage, TenantId tenant, long launchId, Instant expires, String number, Act act) {

    private static final String PURPOSE = "act-ticket";

    enum Stage {
        /** Opens the window that asks. */
        ASK,
        /** Is the button in that window. */
        DO
    }

    Ticket next(Stage other, Instant until) {
        return new Ticket(other, tenant, launchId, until, number, act);
    }

    boolean isFor(TenantId otherTenant, long otherLaunch) {
        return tenant.equals(otherTenant) && launchId == otherLaunch;
    }

    String seal(MasterKey key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(stage.name());
            out.writeLong(tenant.value());
            out.writeLong(launchId);
            out.writeLong(expires.toEpochMilli());
            for (String text :
                    new String[] {number, act.path(), act.title(), act.detail(), act.button(), act.after()}) {
                out.writeUTF(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.seal(PURPOSE, bytes.toByteArray()));
    }

    /** The ticket, however old; empty where it is none of ours. */
    static Optional<Ticket> open(MasterKey key, String sealed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                key.open(PURPOSE, Base64.getUrlDecoder().decode(sealed))))) {
            return Optional.of(new Ticket(
                    Stage.valueOf(in.readUTF()),
                    new TenantId(in.readLong()),
                    in.readLong(),
                    Instant.ofEpochMilli(in.readLong()),
                    in.readUTF(),
                    new Act(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF())));
        } catch (IllegalStateException | IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
