package dev.laurel.credential.status;

import java.util.UUID;

/** The place of one credential: in which list, and which bit of it, counted from 0. */
public record StatusPlace(UUID list, int index) {}
