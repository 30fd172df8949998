"""Asks ifupdown2 which devices a list of members or ports names.

Argument: the folder it was unpacked to. Standard input: lists as JSON. Answers a list of names for each, null for none.
"""

import json
import sys

sys.path.insert(0, f'{sys.argv[1]}/usr/share/ifupdown2')

from ifupdownaddons.modulebase import moduleBase  # noqa: E402

base = moduleBase()
print(json.dumps([base.parse_port_list('bond0', words) for words in json.load(sys.stdin)]))
