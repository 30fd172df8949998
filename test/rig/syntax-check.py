"""Runs ifupdown2's `ifup --syntax-check -a` and `ifquery -a` over interfaces files and prints what each says, as JSON.

Its modules are loaded once; each file is checked in a child of its own, from the program's main() on, since it
keeps what it read in globals. Argument: the folder it was unpacked to. Standard input: a list of texts.
"""

import importlib.util
import json
import os
import sys
import tempfile


def start(main, name, arguments, text):
    """Start the program over a text, in a child; answer its process id and the file that it prints to."""
    source = tempfile.NamedTemporaryFile('w', dir='/run', delete=False)
    source.write(text)
    source.close()
    output = tempfile.TemporaryFile('w+', dir='/run')
    pid = os.fork()
    if pid == 0:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        status = 70
        try:
            # Its lock is for one network, and these only read.
            sys.modules['ifupdown.main'].lockfile = f'/run/network/.lock-{os.getpid()}'
            sys.argv = [name, *arguments, '-i', source.name]
            status = main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status or 0)
    return pid, output


def run_all(jobs, together):
    """Run many, some at once: most of a run is waiting for the program's own netlink listener to end."""
    said = {}
    running = {}
    waiting = list(enumerate(jobs))
    while waiting or running:
        while waiting and len(running) < together:
            number, job = waiting.pop(0)
            pid, output = start(*job)
            running[pid] = number, output
        pid, status = os.wait()
        number, output = running.pop(pid)
        output.seek(0)
        said[number] = {'status': os.waitstatus_to_exitcode(status), 'output': output.read()}
    return [said[number] for number in range(len(jobs))]


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
checks = run_all([(main, 'ifup', ['--syntax-check', '-a'], text) for text in texts], 16)
queries = run_all([(main, 'ifquery', ['-a'], text) for text in texts], 16)
json.dump(list(zip(checks, queries)), sys.stdout)
