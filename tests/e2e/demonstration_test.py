"""The demonstration `./run`, on the build that HOLDFAST_BUILD names: what a newcomer is promised is what happens, and nothing stays behind."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from cluster_under_test import BIN, BUILD, DEADLINE_S, ENVIRONMENT, processes_with

RUN = pathlib.Path(__file__).resolve().parents[2] / 'run'
SANITIZED = re.search(r'^HOLDFAST_SANITIZE:\w+=\S', (BUILD / 'CMakeCache.txt').read_text(encoding='utf-8'), re.M) is not None


def steps(line):
    """`Clip: failed 0 ms → noticed 12 ms (why) → …` as its words."""
    return [re.match(r'[a-z -]+?(?= [0-9.]+ m?s)', part).group(0) for part in line.strip().split(': ', 1)[1].split(' → ')]


class Demonstration(unittest.TestCase):
    def setUp(self):
        self.tmp = tempfile.mkdtemp(prefix='hf', dir='/tmp')
        self.environment = {**ENVIRONMENT, 'TMPDIR': self.tmp}
        self.addCleanup(self.destroy)

    def destroy(self):
        for pid in processes_with(self.tmp):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        shutil.rmtree(self.tmp, ignore_errors=True)

    def run_it(self, *words):
        return subprocess.run([RUN, *words], capture_output=True, text=True, env=self.environment, stdin=subprocess.DEVNULL, timeout=240)

    def wait(self, condition, what):
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            self.assertLess(time.monotonic(), deadline, f'waited for {what}')
            time.sleep(0.02)

    def nothing_stays(self):
        self.assertEqual(os.listdir(self.tmp), [])
        self.assertEqual(processes_with(self.tmp), [])

    def test_it_shows_four_failures_and_leaves_nothing(self):
        began = time.monotonic()
        done = self.run_it()
        lasted = time.monotonic() - began
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, '')
        self.assertNotIn('\x1b', done.stdout)
        self.nothing_stays()
        if not SANITIZED:
            self.assertLess(lasted, 30)
        shown = done.stdout
        self.assertIn('--needs Clip', shown)
        parts = re.split(r'^(?:1\.|2\.|3\.|4\.|The ledger|All is stopped) .*$', shown, flags=re.M)
        self.assertEqual(len(parts), 7, shown)
        lines = [[line for line in part.splitlines() if line.startswith('  Clip: ')] for part in parts]

        for part in (1, 2):
            self.assertEqual(len(lines[part]), 1, parts[part])
            went = [step for step in steps(lines[part][0]) if step not in ('opening', 'online-pending')]
            self.assertEqual(went, ['failed', 'noticed', 'terminated', 'restarting', 'online'], parts[part])
            self.assertRegex(lines[part][0], r'noticed \d+ ms \(.+?\)')

        self.assertEqual(steps(re.search(r'^  clussvc: .*$', parts[3], re.M).group(0)), ['failed', 'started again', 'ready'])
        self.assertEqual(steps(lines[3][0]), ['adopted'])
        self.assertIn('none missed', parts[3])
        dots = ''.join(re.findall(r'^  ([.x]+)$', parts[3], re.M))
        self.assertGreaterEqual(len(dots), 25)
        self.assertNotIn('x', dots)

        self.assertGreaterEqual(len(lines[4]), 2, parts[4])
        for line in lines[4][:-1]:
            self.assertIn('restarting', steps(line))
            self.assertEqual(steps(line)[-1], 'online')
        last = [step for step in steps(lines[4][-1]) if step != 'online-pending']
        self.assertEqual(last, ['failed', 'noticed', 'terminated', 'given-up', 'retry', 'online'])
        self.assertRegex(parts[4], r'Clip +Failed +Failed for .*will be tried again in')

        outages = re.findall(r'^  Clip +[\d:.]+ +([\d.]+ m?s) +(\S.*)$', parts[5], re.M)
        self.assertEqual(len(outages), 2 + len(lines[4]), parts[5])  # those before clussvc was killed, too
        self.assertEqual(len(re.findall(r'^  \S.* # ', parts[6], re.M)), 3)

    def test_keep_leaves_it_up_and_stop_ends_it(self):
        kept = self.run_it('--keep')
        self.assertEqual(kept.returncode, 0, kept.stdout + kept.stderr)
        folder = re.search(r'cluster --dir (\S+)', kept.stdout).group(1)
        self.assertEqual(os.path.dirname(folder), self.tmp)
        status = subprocess.run([BIN / 'cluster', '--dir', folder, 'resource', 'show', 'Watch'], capture_output=True, text=True, env=self.environment)
        self.assertIn('Online', status.stdout)
        again = self.run_it('--keep')
        self.assertEqual(again.returncode, 1)
        self.assertIn(folder, again.stdout)
        self.assertEqual(os.listdir(self.tmp), [os.path.basename(folder)])
        stopped = self.run_it('--stop')
        self.assertEqual(stopped.returncode, 0, stopped.stdout + stopped.stderr)
        self.nothing_stays()
        self.assertIn('nothing to stop', self.run_it('--stop').stdout)

    def interrupted(self, number, said, whole_group):
        """A signal once it has said that: as from a terminal to all of it, or to the script alone."""
        output = os.path.join(self.tmp, 'output')
        with open(output, 'wb') as file:
            running = subprocess.Popen([RUN], stdout=file, stderr=file, stdin=subprocess.DEVNULL, env=self.environment, start_new_session=True)
        self.wait(lambda: said in pathlib.Path(output).read_text(encoding='utf-8'), said)
        os.killpg(running.pid, number) if whole_group else os.kill(running.pid, number)
        self.assertEqual(running.wait(DEADLINE_S * 2), 128 + number)
        os.unlink(output)
        self.nothing_stays()

    def test_interrupted_it_leaves_nothing(self):
        self.interrupted(signal.SIGTERM, 'A one-node cluster', whole_group=False)
        self.interrupted(signal.SIGINT, 'group online', whole_group=True)
        self.interrupted(signal.SIGHUP, '3. The Cluster service', whole_group=True)
        self.interrupted(signal.SIGTERM, '..xx', whole_group=False)

    def test_a_reader_that_goes_away_ends_it(self):
        with subprocess.Popen([RUN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=self.environment) as running:
            running.stdout.readline()
            running.stdout.close()
            self.assertEqual(running.wait(DEADLINE_S * 2), 128 + signal.SIGPIPE)
        self.nothing_stays()

    def test_what_it_does_not_know_it_explains(self):
        done = self.run_it('--nonsense')
        self.assertEqual(done.returncode, 2)
        self.assertIn('./run --keep', done.stdout)
        self.assertNotIn('set -', done.stdout)
        self.environment['HOLDFAST_BUILD'] = self.tmp
        self.assertEqual(self.run_it().returncode, 1)
        self.nothing_stays()


if __name__ == '__main__':
    unittest.main()
