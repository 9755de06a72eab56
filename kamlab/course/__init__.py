"""The course: notebooks built from text sources, and instant checks of exercises.

A notebook writes ``from kamlab.course.check import check``; then
``check("11.1", answer, portfolio)`` says at once whether an answer is right, and if
not, what to look at again.
"""
