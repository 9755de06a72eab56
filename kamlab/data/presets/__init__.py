"""Suggest a mapping for a company's export, from what is known of its system.

A preset is plain data: `generic`, `sap_billing`, `salesforce`, `dynamics`, `kingdee`,
`month_totals`. `excerpt`, `reading` and `sheets` read the beginnings of files; `names`,
`months` and `profile` look at headers and values; `matching` and `recognition` find
out what is what; `amounts`, `by_name`, `days`, `documents`, `layout`, `masters`,
`monthly`, `portfolio`, `rates` and `unresolved` say how each part of a mapping is made;
`assemble` puts it together, `writing` writes it down with its reasons, `command` is
what the command line runs. What is open is a question, never a guess.
"""

from kamlab.data.presets.assemble import suggest_mapping
from kamlab.data.presets.registry import PRESETS
from kamlab.data.presets.suggestion import Suggestion
from kamlab.data.presets.writing import as_yaml

__all__ = ["PRESETS", "Suggestion", "as_yaml", "suggest_mapping"]
