"""One node, real binaries: what the README promises."""
import os
import signal
import subprocess
import unittest

from cluster_under_test import BIN, ENVIRONMENT, ClusterTest, alive


class FirstLight(ClusterTest):
    def shop(self):
        self.cluster.start()
        self.cluster.create_types()
        self.cluster.run('group', 'create', 'Shop')
        self.cluster.create_clip()
        self.cluster.create_application('App', needs=['Clip'])
        self.cluster.run('group', 'online', 'Shop')

    def test_a_group_comes_online_in_order_and_goes_offline(self):
        self.shop()
        self.assertEqual(self.cluster.run('group', 'show', 'Shop')['state'], 'Online')
        self.assertIsNotNone(self.cluster.ask())
        online = [event['object'] for event in self.cluster.events() if event['step'] == 'online']
        self.assertLess(online.index('Clip'), online.index('App'))
        server = self.cluster.server_pid()
        self.cluster.run('group', 'offline', 'Shop')
        self.assertFalse(alive(server))
        self.assertIsNone(self.cluster.ask())
        offline = [event['object'] for event in self.cluster.events() if event['step'] == 'offline']
        self.assertLess(offline.index('App'), offline.index('Clip'))
        self.cluster.stop()

    def test_a_killed_server_is_restarted(self):
        self.shop()
        pid = self.cluster.server_pid()
        os.kill(pid, signal.SIGKILL)
        self.cluster.wait(lambda: self.cluster.ask() is not None and self.cluster.server_pid() != pid, 'a new server')
        self.cluster.wait_state('App', 'Online')
        self.assertEqual(len(self.cluster.run('outages')['outages']) >= 1, True)
        self.cluster.stop()

    def test_a_killed_monitor_is_replaced_and_leaves_no_orphan(self):
        self.shop()
        pid, monitor = self.cluster.server_pid(), self.cluster.property('Clip', 'MonitorProcessId')
        os.kill(monitor, signal.SIGKILL)
        self.cluster.wait(lambda: not alive(pid), 'the orphaned server to be ended')
        self.cluster.wait_state('Clip', 'Online')
        self.cluster.wait_state('App', 'Online')
        self.assertNotEqual(self.cluster.property('Clip', 'MonitorProcessId'), monitor)
        self.cluster.stop()

    def test_a_killed_guard_takes_its_monitor_along(self):
        self.shop()
        pid = self.cluster.server_pid()
        os.kill(self.cluster.pids('rhs-guard')[0], signal.SIGKILL)
        self.cluster.wait(lambda: not alive(pid), 'the server to end with its guard')
        self.cluster.wait_state('App', 'Online')
        self.cluster.stop()

    def test_a_killed_service_is_no_outage(self):
        self.shop()
        pid, monitor = self.cluster.server_pid(), self.cluster.property('Clip', 'MonitorProcessId')
        self.cluster.kill()
        self.assertIsNotNone(self.cluster.ask())
        self.cluster.start()
        self.assertEqual(self.cluster.state('Clip'), 'Online')
        self.assertEqual(self.cluster.state('App'), 'Online')
        self.assertEqual(self.cluster.server_pid(), pid)
        self.assertTrue(alive(pid))
        self.assertEqual(self.cluster.property('Clip', 'MonitorProcessId'), monitor)
        self.cluster.stop()

    def test_everything_ends_when_no_service_comes_back(self):
        self.shop()
        before = [pid for pid in self.cluster.processes() if pid != self.cluster.service.pid]
        self.assertTrue(before)
        self.cluster.kill()
        # Not before the lease (3 s) and a third of X (5 s) are over, and surely by lease and X.
        self.assertTrue(alive(self.cluster.server_pid()))
        self.cluster.wait(lambda: not any(alive(pid) for pid in before), 'lease and rundown to end everything', 40)

    def test_persistent_state_comes_back_after_a_clean_stop(self):
        self.shop()
        server = self.cluster.server_pid()
        self.cluster.stop()
        self.assertFalse(alive(server))
        self.assertIsNone(self.cluster.ask())
        self.cluster.start()
        self.cluster.wait_state('App', 'Online')
        self.assertIsNotNone(self.cluster.ask())
        self.cluster.stop()

    def test_the_threshold_used_up_is_failed_and_tried_again(self):
        self.shop()
        self.cluster.run('resource', 'set', 'Clip', 'RestartThreshold=1', 'RestartPeriod=3000', 'RetryPeriodOnFailure=3000', 'RestartDelay=50')
        for _ in range(2):
            self.cluster.wait_state('Clip', 'Online')
            pid = self.cluster.server_pid()
            os.kill(pid, signal.SIGKILL)
            self.cluster.wait(lambda: self.cluster.state('Clip') != 'Online' or self.cluster.server_pid() != pid, 'the failure to be noticed')
        self.cluster.wait_state('Clip', 'Failed')
        self.assertIn('tried again', self.cluster.run('explain', 'Clip')['next'])
        self.cluster.wait_state('Clip', 'Online')
        self.cluster.wait_state('App', 'Online')
        self.cluster.stop()

    def test_a_test_failure_follows_the_policy(self):
        self.shop()
        self.cluster.run('resource', 'fail', 'Clip')
        self.cluster.wait_state('App', 'Online')
        steps = [event['step'] for event in self.cluster.events() if event['object'] == 'Clip']
        self.assertIn('failed', steps)
        self.assertIn('restarting', steps)
        self.cluster.stop()


class Refusals(ClusterTest):
    def setUp(self):
        super().setUp()
        self.cluster.start()

    def test_names_types_and_values_are_refused_whole_with_their_code(self):
        cluster = self.cluster
        cluster.create_types()
        cluster.run('group', 'create', 'Shop')
        self.refused(5010, 'group', 'create', 'shop')
        self.refused(5013, 'group', 'show', 'nobody')
        self.refused(5007, 'resource', 'show', 'nobody')
        self.refused(5078, 'resource', 'create', 'X', '--group', 'Shop', '--type', 'No Such Type')
        self.refused(183, 'restype', 'create', 'Generic Application', '--dll', 'clusres.so')
        cluster.create_application('A')
        cluster.create_application('B', needs=['A'])
        self.refused(1059, 'resource', 'depend', 'A', '--on', 'B')
        self.refused(5003, 'resource', 'depend', 'B', '--on', 'A')
        self.refused(13, 'resource', 'set', 'A', 'RestartAction=3')
        self.refused(13, 'resource', 'set', 'A', 'Description=changed', 'RestartAction=7')
        self.assertEqual(cluster.property('A', 'Description'), '')
        self.refused(87, 'resource', 'set', 'A', 'RestartAction:string=2')
        cluster.stop()

    def test_a_dll_that_cannot_be_loaded_creates_nothing(self):
        self.cluster.run('group', 'create', 'Shop')
        self.cluster.run('restype', 'create', 'Missing', '--dll', 'no-such-file.so')
        self.refused(126, 'resource', 'create', 'X', '--group', 'Shop', '--type', 'Missing')
        self.assertEqual(self.cluster.run('resource', 'list')['resources'], [])
        self.cluster.stop()

    def test_without_a_service_the_exit_code_says_so(self):
        self.cluster.stop()
        done = subprocess.run([BIN / 'cluster', '--dir', self.cluster.dir], capture_output=True, text=True, env=ENVIRONMENT)
        self.assertEqual(done.returncode, 3)
        self.assertIn('1722', done.stderr)

    def test_a_bad_command_line_says_where_help_is(self):
        done = subprocess.run([BIN / 'cluster', 'group', 'nonsense'], capture_output=True, text=True, env=ENVIRONMENT)
        self.assertEqual(done.returncode, 2)
        self.assertIn('--help', done.stderr)


if __name__ == '__main__':
    unittest.main()
