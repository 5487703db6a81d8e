package lms;

import java.util.HashMap;
import java.util.Map;

/**
 * Copies a course as LMSs do it for the next term: new ids for the course, its links and columns; titles and custom parameters
 * stay; grades and students stay behind. Canvas remakes the columns and leaves out what tools noted in them.
 */
final class CourseCopies {

    private CourseCopies() {}

    static void fill(Course copy, Course source, ReferenceLms lms, int students) {
        copy.copiedFrom(source);
        // The same people teach it.
        source.people().stream().filter(person -> !person.role().isGraded()).forEach(copy::enrol);
        copy.enrolStudents(students);
        Map<String, String> links = new HashMap<>();
        for (ResourceLink link : source.links()) {
            ResourceLink made = link.inMenu()
                    ? copy.addNavigation(lms.toolOf(link))
                    : copy.addLink(lms.toolOf(link), link.deploymentId(), link.title(), link.custom());
            links.put(link.id(), made.id());
        }
        for (Column column : source.columns()) {
            Column.Details details = column.details();
            boolean keepsNotes = column.belongsToLms()
                    || lms.tool(column.owner())
                            .filter(tool -> tool.mode() == Mode.CANVAS)
                            .isEmpty();
            copy.add(
                    column.owner(),
                    new Column.Details(
                            details.label(),
                            details.maximum(),
                            keepsNotes ? details.resourceId() : "",
                            keepsNotes ? details.tag() : "",
                            details.resourceLinkId() == null ? null : links.get(details.resourceLinkId())));
        }
    }
}
