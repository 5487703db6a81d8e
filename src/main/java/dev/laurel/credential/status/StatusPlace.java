package dev.laurel.credential.status;

import java.util.UUID;

/** The place of one credential: in which list, and which bit of it, counted from 0. A list of ids has places, but tells none. */
public record StatusPlace(UUID list, ListKind kind, int index) {}
