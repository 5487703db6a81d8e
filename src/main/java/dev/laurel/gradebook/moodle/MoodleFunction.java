package dev.laurel.gradebook.moodle;

/** The web service functions that Laurel calls; all of them only read. */
enum MoodleFunction {
    SITE_INFO("core_webservice_get_site_info", "what the key is for"),
    ITEMS("core_grades_get_gradeitems", "the columns of the gradebook"),
    GRADES("gradereport_user_get_grade_items", "grades"),
    ASSIGNMENT_GRADES("mod_assign_get_grades", "which assignments were graded lately"),
    SUBMISSIONS("mod_assign_get_submissions", "who handed in which assignment"),
    CONTENTS("core_course_get_contents", "the activities of the course"),
    COMPLETIONS("core_completion_get_activities_completion_status", "which activities are complete"),
    COURSE_COMPLETION("core_completion_get_course_completion_status", "whether the course is complete"),
    COMPETENCIES("core_competency_list_course_competencies", "the competencies of the course"),
    COMPETENCY_REPORT("report_competency_data_for_report", "how competencies are rated"),
    PEOPLE("core_enrol_get_enrolled_users", "roles and groups of members"),
    GRADING_PEOPLE("core_enrol_get_enrolled_users_with_capability", "which members may grade");

    private final String wire;

    private final String what;

    MoodleFunction(String wire, String what) {
        this.wire = wire;
        this.what = what;
    }

    /** As Moodle calls it. */
    String wire() {
        return wire;
    }

    /** What there is to be done where it is not allowed. */
    String remedy() {
        return "The administrator of Moodle can add the function " + wire + " to its service.";
    }

    /** What is read with it, in plain words. */
    String what() {
        return what;
    }
}
