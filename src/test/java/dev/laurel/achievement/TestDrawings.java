package dev.laurel.achievement;

/** Pictures as Laurel draws them. */
public final class TestDrawings {

    private TestDrawings() {}

    public static String svg(String name) {
        return BadgeDrawing.of(name, BadgeColour.of("", name)).svg(name);
    }
}
