"""clussvc as a process: killed, stopped, short of disk, called wrongly. The monitors are real, their DLL does nothing."""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))
from cluster_under_test import BIN, BUILD, ENVIRONMENT, ClusterTest, Refused  # noqa: E402

PULSE = BUILD / 'tests' / 'resources' / 'pulse.so'


def run_clussvc(*words):
    return subprocess.run([BIN / 'clussvc', *words], capture_output=True, text=True, env=ENVIRONMENT, timeout=60)


class Service(ClusterTest):
    def online(self):
        self.cluster.start()
        self.cluster.run('restype', 'create', 'Pulse', '--dll', str(PULSE))
        self.cluster.run('group', 'create', 'Shop')
        self.cluster.run('resource', 'create', 'Beat', '--group', 'Shop', '--type', 'Pulse')
        self.cluster.run('group', 'online', 'Shop')
        self.assertEqual(self.cluster.state('Beat'), 'Online')

    def monitor(self):
        return self.cluster.pids('rhs')

    def failures(self):
        return [event for event in self.cluster.events() if event['step'] == 'failed']

    def test_a_killed_service_adopts_its_monitors_and_a_stopped_one_leaves_nothing(self):
        self.online()
        before = self.monitor()
        self.assertEqual(len(before), 1)
        for _ in range(3):
            self.cluster.kill()
            self.cluster.start()
            self.cluster.wait_state('Beat', 'Online')
            self.assertEqual(self.monitor(), before)
            self.assertEqual(self.failures(), [])
        self.cluster.stop()
        self.assertEqual(self.cluster.processes(), [])

    def test_a_stopped_service_is_killed_by_its_successor_which_adopts(self):
        self.online()
        before, stopped = self.monitor(), self.cluster.service
        stopped.send_signal(signal.SIGSTOP)
        self.cluster.start()
        self.assertEqual(stopped.wait(30), -signal.SIGKILL)
        self.cluster.wait_state('Beat', 'Online')
        self.assertEqual(self.monitor(), before)
        self.assertEqual(self.failures(), [])
        self.cluster.stop()

    def test_a_second_signal_changes_nothing_about_a_clean_stop(self):
        self.online()
        for _ in range(3):
            self.cluster.service.send_signal(signal.SIGTERM)
        self.assertEqual(self.cluster.service.wait(30), 0)
        self.cluster.start()
        self.cluster.wait_state('Beat', 'Online')
        self.cluster.stop()

    def test_a_full_disk_stops_updates_says_why_and_loses_nothing(self):
        self.online()
        wal = os.path.join(self.cluster.dir, 'cluster.db-wal')
        # No file may grow beyond this: as a full disk would, writes begin to fail.
        limit = os.path.getsize(wal) + 20000
        resource.prlimit(self.cluster.service.pid, resource.RLIMIT_FSIZE, (limit, limit))
        acknowledged = []
        with self.assertRaises(Refused):  # of the first nobody can know whether it was done
            for number in range(1000):
                self.cluster.run('group', 'create', f'G{number}')
                acknowledged.append(f'G{number}')
        with self.assertRaises(Refused) as refused:
            self.cluster.run('group', 'create', 'Late')
        self.assertIn('cluster.db', refused.exception.message)
        self.assertIsNone(self.cluster.service.poll())
        self.cluster.run('group', 'list')  # reads go on
        self.cluster.wait(lambda: not self.monitor(), 'everything to be run down')
        self.cluster.kill(signal.SIGTERM)
        self.assertEqual(self.cluster.service.returncode, 0, self.cluster.tail())
        self.cluster.start()
        groups = {group['name'] for group in self.cluster.run('group', 'list')['groups']}
        self.assertEqual(set(acknowledged) - groups, set())
        self.cluster.wait_state('Beat', 'Online')
        self.cluster.stop()

    def test_exit_codes_tell_what_keeps_it_from_starting(self):
        folder = self.cluster.dir
        self.assertEqual(run_clussvc('--colour').returncode, 2)
        deep = run_clussvc('--dir', folder + '/' + 'd' * 100)
        self.assertEqual(deep.returncode, 2)
        self.assertIn('107', deep.stderr)
        self.assertEqual(run_clussvc('--dir', '/proc/holdfast').returncode, 6)
        self.cluster.start()
        running = run_clussvc('--dir', folder)
        self.assertEqual(running.returncode, 5)
        self.assertIn(str(self.cluster.service.pid), running.stderr)
        self.cluster.stop()
        database = pathlib.Path(folder, 'cluster.db')
        whole = database.read_bytes()
        database.write_bytes(whole[:-1])
        self.assertEqual(run_clussvc('--dir', folder).returncode, 3)
        database.write_bytes(b'')
        self.assertEqual(run_clussvc('--dir', folder).returncode, 3)
        database.write_bytes(b'another program' * 1000)
        self.assertEqual(run_clussvc('--dir', folder).returncode, 4)
        self.assertEqual(run_clussvc('--version').returncode, 0)
        self.assertIn('exit codes', run_clussvc('--help').stdout)


if __name__ == '__main__':
    unittest.main()
