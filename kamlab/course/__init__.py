"""The course: lessons from text sources, exercises with instant checks, fair marks.

A notebook writes ``from kamlab.course.check import check``; then
``check("11.1", answer_11_1, portfolio)`` says at once whether an answer is right, and
if not, what to look at again. Teachers hand out a company of its own to every student,
mark what comes back, and print the teacher's edition: ``kamlab course --help``.
"""
