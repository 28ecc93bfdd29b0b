"""What `cmake --install` leaves behind serves strangers: resource DLLs and clients built out of the tree, as the guide tells it."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
SOURCE = TESTS.parent
PREFIX = tempfile.mkdtemp(prefix='hfi')  # short: a socket path has 108 bytes, and clusters live below it
BUILD = os.environ['HOLDFAST_BUILD']
os.environ['HOLDFAST_BUILD'] = PREFIX  # the installed programs are what the cluster of these tests runs
sys.path.insert(0, str(TESTS / 'e2e'))
from cluster_under_test import ENVIRONMENT, ClusterTest  # pylint: disable=wrong-import-position

SANITIZE = os.environ.get('HOLDFAST_SANITIZE', '')
FLAGS = [f'-fsanitize={SANITIZE}'] if SANITIZE else []
CLIENT = '''#include <clusapi.h>
#include <stdio.h>
int main(void) {
  DWORD state = 0;
  DWORD status = GetNodeClusterState(NULL, &state);
  printf("%lu %lu\\n", (unsigned long)status, (unsigned long)state);
  return status == ERROR_SUCCESS ? 0 : 1;
}
'''


def command(*words, cwd=None):
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, env=ENVIRONMENT, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f'{" ".join(map(str, words))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}')
    return done.stdout


def setUpModule():
    unittest.addModuleCleanup(shutil.rmtree, PREFIX)
    command('cmake', '--install', BUILD, '--prefix', PREFIX)


def pkg_config(option):
    words = ['env', f'PKG_CONFIG_PATH={PREFIX}/lib/pkgconfig', 'pkg-config', option, 'holdfast']
    return command(*words).split()


class Installed(ClusterTest):
    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='hfb'))
        self.addCleanup(shutil.rmtree, self.folder)

    def configure_and_build(self, source):
        build = self.folder / 'build'
        command('cmake', '-G', 'Ninja', '-S', source, '-B', build, f'-DCMAKE_PREFIX_PATH={PREFIX}',
                *([f'-DCMAKE_C_FLAGS={FLAGS[0]}', f'-DCMAKE_CXX_FLAGS={FLAGS[0]}'] if FLAGS else []))
        command('cmake', '--build', build)
        return build

    def online(self, dll):
        """The DLL does its work in the installed monitor."""
        shutil.copy(dll, pathlib.Path(PREFIX) / 'lib/holdfast/resources')
        self.cluster.start()
        self.cluster.run('restype', 'create', 'Stranger', '--dll', dll.name)
        self.cluster.run('group', 'create', 'Group')
        self.cluster.run('resource', 'create', 'One', '--group', 'Group', '--type', 'Stranger')
        self.cluster.run('group', 'online', 'Group')
        self.assertEqual('Online', self.cluster.state('One'))
        self.cluster.stop()

    def test_the_guides_project_builds_with_find_package(self):
        guide = (SOURCE / 'docs/write-a-resource/README.md').read_text(encoding='utf-8')
        project = re.search(r'```cmake\n(.*?)```', guide, re.S).group(1)
        self.assertIn('find_package(Holdfast REQUIRED)', project)
        (self.folder / 'CMakeLists.txt').write_text(project, encoding='utf-8')
        shutil.copy(TESTS / 'fixtures/fixture_plain.c', self.folder / 'myresource.cpp')
        self.online(self.configure_and_build(self.folder) / 'myresource.so')

    def test_find_package_serves_c_and_clients(self):
        (self.folder / 'CMakeLists.txt').write_text(
            'cmake_minimum_required(VERSION 3.25)\nproject(Plain C)\nfind_package(Holdfast 0.1 REQUIRED)\n'
            'holdfast_add_resource_dll(plain SOURCES plain.c)\n'
            'add_executable(client client.c)\ntarget_link_libraries(client PRIVATE Holdfast::clusapi)\n', encoding='utf-8')
        shutil.copy(TESTS / 'fixtures/fixture_plain.c', self.folder / 'plain.c')
        (self.folder / 'client.c').write_text(CLIENT, encoding='utf-8')
        build = self.configure_and_build(self.folder)
        self.assertRegex(command(build / 'client'), r'^0 \d+\n')
        self.online(build / 'plain.so')

    def test_the_installed_sample_is_a_project_of_its_own(self):
        build = self.configure_and_build(pathlib.Path(PREFIX) / 'share/doc/holdfast/samples/clipbook_server')
        self.assertTrue((build / 'clipbook-server').exists())
        self.assertTrue((build / 'clipbook.so').exists())

    def test_pkg_config_serves_c_and_cpp(self):
        (self.folder / 'client.c').write_text(CLIENT, encoding='utf-8')
        shutil.copy(self.folder / 'client.c', self.folder / 'client.cpp')
        libraries = [f'-Wl,-rpath,{PREFIX}/lib', *pkg_config('--libs')]
        for compiler, source in (('cc', 'client.c'), ('c++', 'client.cpp')):
            command(compiler, *FLAGS, *pkg_config('--cflags'), source, '-o', 'client', *libraries, cwd=self.folder)
            self.assertRegex(command(self.folder / 'client'), r'^0 \d+\n')
        command('cc', '-shared', '-fPIC', '-fms-extensions', *pkg_config('--cflags'), TESTS / 'fixtures/fixture_plain.c', '-o', 'byhand.so', *libraries,
                cwd=self.folder)
        self.assertEqual(f'{PREFIX}/lib/holdfast/resources', str(pathlib.Path(pkg_config('--variable=resourcedir')[0]).resolve()))
        self.online(self.folder / 'byhand.so')

    def test_nothing_of_the_build_tree_is_installed(self):
        told = [file for file in pathlib.Path(PREFIX).rglob('*') if file.suffix in ('.cmake', '.pc')]
        self.assertNotEqual([], told)
        for file in told:
            self.assertNotIn(BUILD, file.read_text(encoding='utf-8'), file)
            self.assertNotIn(f'{SOURCE}/', file.read_text(encoding='utf-8'), file)
        for program in ('bin/cluster', 'bin/clussvc', 'lib/holdfast/rhs'):
            self.assertNotIn('not found', command('ldd', f'{PREFIX}/{program}'))


if __name__ == '__main__':
    unittest.main()
