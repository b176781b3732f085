"""The ids in addresses of the cases app. `family` is what the disclosure log notes as the family looked at."""

FAMILY = "<uuid:family>"
RECORD = "<uuid:record>"
PERSON = "<uuid:person>"
