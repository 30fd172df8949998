"""A shell for whoever connects: what sshd is to Ansible, in forty lines. For network namespaces of a test alone.

One request a connection, as JSON: a command and its standard input. A host that cannot be reached over the network under
test cannot be reached at all.

Usage: far_shell.py PORT
"""

import base64
import json
import socketserver
import subprocess
import sys


class Shell(socketserver.StreamRequestHandler):
    def handle(self):
        asked = json.loads(self.rfile.readline())
        done = subprocess.run(
            ['/bin/sh', '-c', asked['command']],
            input=base64.b64decode(asked['given']),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
        )
        said = {
            'status': done.returncode,
            'out': base64.b64encode(done.stdout).decode(),
            'err': base64.b64encode(done.stderr).decode(),
        }
        try:
            self.wfile.write(json.dumps(said).encode())
        except OSError:
            pass  # The network was cut while the command ran; the command has run all the same.


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(('0.0.0.0', int(sys.argv[1])), Shell).serve_forever()
