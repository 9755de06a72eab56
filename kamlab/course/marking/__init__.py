"""Marking: submitted notebooks run locked up, and their answers are judged outside.

Glossary
--------
cell
    Here always a notebook's.
inmate
    The process that runs a submission, with its kernel, within limits of time, memory
    and folder (`kamlab.course.marking.inmate`).
warden
    The process between the marker and the inmate; it ends whatever the inmate started.
answer
    Plain data that came out of a submission. Only answers are judged, in the marker's
    own process and against a company made again from the student's seed, so that
    nothing a submission does to its own kamlab can change a mark.
"""

#: In what form answers stand in a notebook's output.
MIME_TYPE = "application/vnd.kamlab.answers+json"
