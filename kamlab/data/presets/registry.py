"""All presets by name."""

from kamlab.data.presets.dynamics import DYNAMICS
from kamlab.data.presets.generic import GENERIC
from kamlab.data.presets.kingdee import KINGDEE
from kamlab.data.presets.month_totals import MONTH_TOTALS
from kamlab.data.presets.preset import Preset
from kamlab.data.presets.salesforce import SALESFORCE
from kamlab.data.presets.sap_billing import SAP_BILLING
from kamlab.errors import UsageError, did_you_mean

#: Every preset, by name; a new one is a file of data and a line here.
PRESETS: dict[str, Preset] = {
    each.name: each
    for each in (GENERIC, SAP_BILLING, SALESFORCE, DYNAMICS, KINGDEE, MONTH_TOTALS)
}


def preset(name: str) -> Preset:
    """Return the preset called `name`.

    Raises
    ------
    UsageError
        If there is none; the message names the nearest.

    Examples
    --------
    >>> preset("kingdee").system
    'Kingdee (金蝶) sales documents'
    """
    if name not in PRESETS:
        hint = did_you_mean(name, PRESETS)
        raise UsageError(f"--preset {name!r} is not known: {hint}")
    return PRESETS[name]
