"""kill -9 and SIGSTOP of everything at any time, garbage on the sockets, a damaged database: a clear error or a defined state, nothing lost."""
import os
import pathlib
import random
import signal
import socket
import sqlite3
import struct
import subprocess
import threading
import unittest

from cluster_under_test import BIN, ENVIRONMENT, ClusterTest, Refused


class Faults(ClusterTest):
    def shop(self):
        self.cluster.start()
        self.cluster.create_types()
        self.cluster.run('group', 'create', 'Shop')
        self.cluster.create_application('App')
        self.cluster.run('group', 'online', 'Shop')

    def test_nothing_acknowledged_is_lost_when_the_service_is_killed_during_updates(self):
        self.shop()
        acknowledged = []

        def write():
            for number in range(1000):
                try:
                    self.cluster.run('group', 'create', f'G{number}')
                except Refused:
                    return  # the service is gone: this one was not acknowledged
                acknowledged.append(f'G{number}')

        for _ in range(2):
            writer = threading.Thread(target=write)
            goal = len(acknowledged) + 5
            writer.start()
            self.cluster.wait(lambda: len(acknowledged) >= goal, 'updates')
            self.cluster.kill()
            writer.join(60)
            self.cluster.start()
            groups = {group['name'] for group in self.cluster.run('group', 'list')['groups']}
            self.assertEqual(set(acknowledged) - groups, set())
            for name in groups - {'Shop'}:
                self.cluster.run('group', 'delete', name)
            acknowledged.clear()
        self.assertEqual(self.cluster.state('App'), 'Online')
        self.cluster.stop()

    def test_a_stopped_monitor_is_ended_and_replaced_or_goes_on(self):
        self.shop()
        monitor = self.cluster.property('App', 'MonitorProcessId')
        os.kill(monitor, signal.SIGSTOP)
        self.assertEqual(self.cluster.state('App'), 'Online')  # reads need no monitor
        os.kill(monitor, signal.SIGCONT)
        self.cluster.wait_state('App', 'Online')
        self.cluster.stop()

    def test_a_stopped_service_comes_back_within_the_lease(self):
        self.shop()
        monitor = self.cluster.property('App', 'MonitorProcessId')
        self.cluster.service.send_signal(signal.SIGSTOP)
        self.cluster.service.send_signal(signal.SIGCONT)
        self.assertEqual(self.cluster.state('App'), 'Online')
        self.assertEqual(self.cluster.property('App', 'MonitorProcessId'), monitor)
        self.cluster.stop()

    def test_garbage_on_the_sockets_harms_nobody(self):
        self.shop()
        lots = random.Random(7)
        frames = [b'\x00', b'\xff' * 64, struct.pack('<I', 0xFFFFFFFF), struct.pack('<I', 100) + b'half', struct.pack('<I', 5) + b'\x08\xff\xff\xff\xff',
                  bytes(lots.randrange(256) for _ in range(5000))]
        for name in ('cluster.sock', 'monitors.sock'):
            for frame in frames:
                with socket.socket(socket.AF_UNIX) as connection:
                    connection.connect(os.path.join(self.cluster.dir, 'run', name))
                    connection.sendall(frame)
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
            connection.connect(os.path.join(self.cluster.dir, 'run', 'guards.sock'))
            connection.send(b'garbage')
        self.assertEqual(self.cluster.state('App'), 'Online')
        self.assertEqual([event for event in self.cluster.events() if event['step'] == 'failed'], [])
        self.cluster.stop()


class DamagedDatabase(ClusterTest):
    def refuses_to_start(self):
        done = subprocess.run([BIN / 'clussvc', '--dir', self.cluster.dir], capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
        self.assertNotIn(done.returncode, (0, -6, -11), done.stderr)
        self.assertIn('cluster.db', done.stdout + done.stderr)

    def database(self):
        self.cluster.start()
        self.cluster.run('group', 'create', 'Shop')
        self.cluster.stop()
        return pathlib.Path(self.cluster.dir, 'cluster.db')

    def test_a_truncated_file_is_refused_not_replaced(self):
        path = self.database()
        whole = path.read_bytes()
        path.write_bytes(whole[:len(whole) // 2])
        self.refuses_to_start()
        self.assertEqual(path.stat().st_size, len(whole) // 2)

    def test_a_foreign_file_is_refused(self):
        path = self.database()
        path.write_bytes(b'this is no database' * 100)
        self.refuses_to_start()

    def test_a_locked_file_is_refused(self):
        path = self.database()
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute('PRAGMA locking_mode=EXCLUSIVE')
            other.execute('BEGIN EXCLUSIVE')
            self.refuses_to_start()
            other.execute('ROLLBACK')

    def test_what_was_there_is_there_again(self):
        self.database()
        self.cluster.start()
        self.assertEqual([group['name'] for group in self.cluster.run('group', 'list')['groups']], ['Shop'])
        self.cluster.stop()

    def test_two_services_do_not_run_in_one_folder(self):
        self.cluster.start()
        done = subprocess.run([BIN / 'clussvc', '--dir', self.cluster.dir], capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(self.cluster.answers())
        self.cluster.stop()


if __name__ == '__main__':
    unittest.main()
