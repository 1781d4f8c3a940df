"""From a lecture's one source to the notebooks of students and lecturers."""
