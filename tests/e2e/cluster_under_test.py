"""A private one-node cluster for a test: started, driven by the command `cluster`, killed, and gone afterwards with everything it started."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

BUILD = pathlib.Path(os.environ['HOLDFAST_BUILD'])
BIN = BUILD / 'bin'
# Sanitizers: a monitor's crashes are the business of its guard, and leaks are looked for by the unit tests.
ENVIRONMENT = {**os.environ, 'ASAN_OPTIONS': 'handle_segv=0:handle_abort=0:detect_leaks=0', 'PYTHONDONTWRITEBYTECODE': '1'}
DEADLINE_S = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
            return file.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except (FileNotFoundError, ProcessLookupError):
        return False


class Refused(Exception):
    def __init__(self, code, exit_code, message):
        super().__init__(message)
        self.code, self.exit_code, self.message = code, exit_code, message


class Cluster:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix='hf')  # short: a socket path has 108 bytes
        self.service = None

    # --- the service --------------------------------------------------------------------------------------------------

    def start(self, wait=True):
        self.output = open(os.path.join(self.dir, 'clussvc.out'), 'ab')
        self.service = subprocess.Popen([BIN / 'clussvc', '--dir', self.dir], stdout=self.output, stderr=self.output, env=ENVIRONMENT)
        if wait:
            self.wait(lambda: self.answers(), 'clussvc to answer')

    def answers(self):
        if self.service.poll() is not None:
            raise AssertionError(f'clussvc ended with {self.service.returncode}: {self.tail()}')
        return subprocess.run([BIN / 'cluster', '--dir', self.dir, 'status'], capture_output=True, env=ENVIRONMENT).returncode == 0

    def tail(self):
        text = ''
        for name in ('clussvc.out', 'cluster.log'):
            path = os.path.join(self.dir, name)
            if os.path.exists(path):
                with open(path, encoding='utf-8', errors='replace') as file:
                    text += f'\n--- {name}\n' + ''.join(file.readlines()[-40:])
        return text

    def kill(self, number=signal.SIGKILL):
        self.service.send_signal(number)
        self.service.wait(DEADLINE_S)
        self.output.close()

    def stop(self):
        """The clean stop: exit 0, and nothing of the cluster left."""
        before = self.processes()
        self.kill(signal.SIGTERM)
        if self.service.returncode != 0:
            raise AssertionError(f'clussvc ended with {self.service.returncode}: {self.tail()}')
        self.wait(lambda: not any(alive(pid) for pid in before), 'the processes of the cluster to end')

    def processes(self):
        """Every process that has this cluster's folder in its command line or environment."""
        found = []
        needle = self.dir.encode()
        for entry in os.listdir('/proc'):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                with open(f'/proc/{entry}/cmdline', 'rb') as file:
                    line = file.read()
                with open(f'/proc/{entry}/environ', 'rb') as file:
                    environment = file.read()
            except (OSError, ProcessLookupError):
                continue
            if (needle in line or needle in environment) and alive(int(entry)):
                found.append(int(entry))
        return found

    def pids(self, program):
        result = []
        for pid in self.processes():
            try:
                if os.path.basename(os.readlink(f'/proc/{pid}/exe')) == program:
                    result.append(pid)
            except OSError:
                continue
        return result

    def destroy(self):
        """Whatever state a failed test left: nothing stays."""
        if self.service and self.service.poll() is None:
            self.service.send_signal(signal.SIGCONT)
            self.service.kill()
            self.service.wait(DEADLINE_S)
        for _ in range(200):
            left = self.processes()
            if not left:
                break
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.01)
        shutil.rmtree(self.dir, ignore_errors=True)

    # --- the command --------------------------------------------------------------------------------------------------

    def run(self, *words, timeout=90):
        done = subprocess.run([BIN / 'cluster', '--dir', self.dir, '--json', *words], capture_output=True, text=True, env=ENVIRONMENT, timeout=timeout)
        try:
            document = json.loads(done.stdout) if done.stdout.strip() else {}
        except json.JSONDecodeError as error:
            raise AssertionError(f'cluster {" ".join(words)}: no JSON: {error}\n{done.stdout}\n{done.stderr}') from error
        if done.returncode != 0:
            error = document.get('error', {})
            raise Refused(error.get('code'), done.returncode, error.get('message', '') + done.stderr)
        return document

    def state(self, resource):
        return self.run('resource', 'show', resource)['state']

    def property(self, resource, name):
        return self.run('resource', 'get', resource, name)['properties'][0]['value']

    def events(self, after=0):
        return self.run('events', '--after', str(after), '-n', '10000')['events']

    def wait(self, condition, what, seconds=DEADLINE_S):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f'waited {seconds} s for {what}{self.tail()}')
            time.sleep(0.02)

    def wait_state(self, resource, *states):
        self.wait(lambda: self.state(resource) in states, f'{resource} to be {states}')

    # --- a shop to keep online ----------------------------------------------------------------------------------------

    def create_types(self):
        self.run('restype', 'create', 'ClipBook Server', '--dll', 'clipbook.so', '--looks-alive', '100', '--is-alive', '500')
        self.run('restype', 'create', 'Generic Application', '--dll', 'clusres.so', '--looks-alive', '100', '--is-alive', '500')

    def create_clip(self, group='Shop', name='Clip'):
        self.port = free_port()
        self.data = os.path.join(self.dir, 'clip')
        self.run('resource', 'create', name, '--group', group, '--type', 'ClipBook Server', '--private', f'Port:dword={self.port}', f'DataDirectory={self.data}')

    def create_application(self, name, group='Shop', command='/bin/sleep 100000', needs=()):
        words = ['resource', 'create', name, '--group', group, '--type', 'Generic Application', '--private', f'CommandLine={command}', f'CurrentDirectory={self.dir}']
        for provider in needs:
            words += ['--needs', provider]
        self.run(*words)

    def server_pid(self):
        with open(os.path.join(self.data, 'server.pid'), encoding='utf-8') as file:
            return int(file.read())

    def ask(self):
        """One question to the clipboard server; None when it does not answer."""
        try:
            with socket.create_connection(('127.0.0.1', self.port), timeout=2) as connection:
                connection.sendall(b'LIST\n')
                return connection.recv(4096)
        except OSError:
            return None


class ClusterTest(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster()
        self.addCleanup(self.cluster.destroy)

    def refused(self, code, *words):
        with self.assertRaises(Refused) as caught:
            self.cluster.run(*words)
        self.assertEqual(caught.exception.code, code, caught.exception.message)
        return caught.exception
