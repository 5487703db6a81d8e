package dev.laurel.credential.status;

import dev.laurel.platform.tenant.PublicUrl;
import java.util.UUID;

/**
 * The place of one credential: in which list, and which bit of it, counted from 0. A list of ids has places, but tells none.
 *
 * @param publicUrl the address under which the list is signed, and so each credential that has a place in it
 */
public record StatusPlace(UUID list, ListKind kind, int index, PublicUrl publicUrl) {}
