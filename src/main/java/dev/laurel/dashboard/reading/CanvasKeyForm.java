package dev.laurel.dashboard.reading;

import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasCapability;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key as it is typed. The secret is never shown again. */
record CanvasKeyForm(
        @Nullable String address,
        @Nullable String clientId,
        @Nullable String secret,
        @Nullable List<String> capabilities) {

    static CanvasKeyForm of(CanvasApiKeys.KeyFacts key) {
        return new CanvasKeyForm(
                key.address().toString(),
                key.clientId(),
                "",
                key.capabilities().stream().map(Enum::name).toList());
    }

    boolean hasSecret() {
        return secret != null && !secret.isBlank();
    }

    /** Whether it is ticked. */
    public boolean has(CanvasCapability capability) {
        return capabilities != null && capabilities.contains(capability.name());
    }

    Set<CanvasCapability> chosen() {
        return Stream.of(CanvasCapability.values()).filter(this::has).collect(Collectors.toSet());
    }

    CanvasApiKeys.KeyEntry entry() {
        return new CanvasApiKeys.KeyEntry(
                address == null ? "" : address,
                clientId == null ? "" : clientId,
                hasSecret() ? secret : null,
                chosen());
    }

    @Override
    public String toString() {
        return "CanvasKeyForm[" + address + "]";
    }
}
