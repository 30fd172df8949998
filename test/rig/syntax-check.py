"""Runs ifupdown2's `ifup --syntax-check -a` and `ifquery -a` over interfaces files and prints what each says, as JSON.

Its modules are loaded once; each file is checked in a child of its own, from the program's main() on, since it
keeps what it read in globals. Argument: the folder it was unpacked to. Standard input: a list of texts.
"""

import importlib.util
import json
import os
import sys
import tempfile


def check(main, name, arguments, text):
    """One run of the program in a child: its exit status and what it printed."""
    with tempfile.NamedTemporaryFile('w', dir='/run') as file, tempfile.TemporaryFile('w+', dir='/run') as output:
        file.write(text)
        file.flush()
        pid = os.fork()
        if pid == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            status = 70
            try:
                sys.argv = [name, *arguments, '-i', file.name]
                status = main()
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status or 0)
        _, status = os.waitpid(pid, 0)
        output.seek(0)
        return {'status': os.waitstatus_to_exitcode(status), 'output': output.read()}


def load(folder):
    """The program's own main(), loaded from where it was unpacked."""
    sys.path.insert(0, f'{folder}/usr/share/ifupdown2')
    spec = importlib.util.spec_from_file_location('started', f'{folder}/usr/share/ifupdown2/__main__.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ('ifupdown.main', 'lib.nlcache'):
        importlib.import_module(name)
    return module.main


main = load(sys.argv[1])
texts = json.load(sys.stdin)
runs = [('ifup', ['--syntax-check', '-a']), ('ifquery', ['-a'])]
json.dump([[check(main, name, words, text) for name, words in runs] for text in texts], sys.stdout)
