"""Each rule of tools/tidy finds what it is for, and nothing in a clean tree. Run by ctest; closes with unittest's summary."""
import importlib.machinery
import importlib.util
import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader('tidy', str(ROOT / 'tools/tidy'))
SPEC = importlib.util.spec_from_loader('tidy', LOADER)
TIDY = importlib.util.module_from_spec(SPEC)
LOADER.exec_module(TIDY)


class Rules(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text, executable=False):
        path = pathlib.Path(self.root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755 if executable else 0o644)

    def findings(self):
        return TIDY.Tidy(self.root, check_format=False).run()

    def assertFinds(self, rule, name):
        self.assertTrue(any(f': {rule}:' in finding and finding.startswith(name) for finding in self.findings()), self.findings())

    def test_a_clean_tree_has_no_findings(self):
        self.write('src/core/a.h', '#pragma once\n#include <vector>\n')
        self.write('src/core/a.cpp', '#include "core/a.h"\nint f() {\n  return 1;\n}\n')
        self.write('src/core/a_test.cpp', '#include "core/a.h"\n')
        self.assertEqual(self.findings(), [])

    def test_core_includes_the_standard_library_only(self):
        for include in ('<boost/asio.hpp>', '"clussvc/shell.h"', '<unistd.h>', '<thread>', '<sqlite3.h>'):
            self.write('src/core/a.h', f'#include {include}\n')
            self.assertFinds('include', 'src/core/a.h')

    def test_shipped_types_and_samples_stand_on_the_public_sdk(self):
        self.write('src/restypes/x/a.cpp', '#include "sdk/winapi/host.h"\n')
        self.write('samples/x/a.cpp', '#include "core/node.h"\n')
        self.assertFinds('include', 'src/restypes/x/a.cpp')
        self.assertFinds('include', 'samples/x/a.cpp')

    def test_core_reads_no_clock_and_draws_no_lots(self):
        for line in ('auto t = std::chrono::steady_clock::now();', 'int i = rand();', 'std::unordered_map<int, int> m;', 'getenv("X");'):
            self.write('src/core/a.cpp', line + '\n')
            self.assertFinds('core-call', 'src/core/a.cpp')
        self.write('src/core/a.cpp', 'std::unordered_map<int, int> m;  // lookup only\n')
        self.assertFalse(any('core-call' in finding for finding in self.findings()))

    def test_a_source_file_has_its_test_or_a_reason(self):
        self.write('src/rhs/a.cpp', 'int x;\n')
        self.assertFinds('untested', 'src/rhs/a.cpp')
        self.write('tools/tidy.d/untested', 'src/rhs/a.cpp driven by tests/rhs\n')
        self.assertEqual(self.findings(), [])
        self.write('tools/tidy.d/untested', 'src/rhs/a.cpp\n')
        self.assertFinds('exception', 'tools/tidy.d/untested')
        self.write('tools/tidy.d/untested', 'src/rhs/gone.cpp because\n')
        self.assertFinds('exception', 'tools/tidy.d/untested')

    def test_long_files_and_functions_are_two_things(self):
        self.write('src/rhs/a_test.cpp', '')
        self.write('src/rhs/a.cpp', 'int x;\n' * 601)
        self.assertFinds('long-file', 'src/rhs/a.cpp')
        self.write('src/rhs/a.cpp', 'int f() {\n' + '  x();\n' * 81 + '}\n')
        self.assertFinds('long-function', 'src/rhs/a.cpp')

    def test_marks_are_finished_or_filed(self):
        self.write('src/rhs/a.h', '// TO' + 'DO later\n')
        self.assertFinds('mark', 'src/rhs/a.h')

    def test_the_glossary_forbids_synonyms(self):
        self.write('docs/glossary.md', '| Word | Meaning | Never |\n|---|---|---|\n| move | to another owner | `migrate` |\n')
        self.write('src/rhs/a.h', '// we migrate the group\n')
        self.assertFinds('synonym', 'src/rhs/a.h')

    def test_executable_bits_belong_to_scripts(self):
        self.write('tools/run-me', '#!/bin/sh\n')
        self.assertFinds('executable', 'tools/run-me')
        self.write('tools/run-me', '#!/bin/sh\n', executable=True)
        self.write('README.md', 'text\n', executable=True)
        self.assertFinds('executable', 'README.md')

    def test_links_of_documents_lead_somewhere(self):
        self.write('README.md', 'see [this](docs/gone.md)\n')
        self.assertFinds('link', 'README.md')

    def test_a_header_that_nobody_includes_is_dead(self):
        self.write('src/rhs/a.h', 'int x;\n')
        self.assertFinds('unused', 'src/rhs/a.h')

    def test_tests_do_not_sleep(self):
        self.write('src/rhs/a_test.cpp', 'std::this_thread::sleep_for(500ms);\n')
        self.assertFinds('sleep', 'src/rhs/a_test.cpp')
        self.write('src/rhs/a_test.cpp', 'std::this_thread::sleep_for(2ms);\n')
        self.assertEqual(self.findings(), [])


if __name__ == '__main__':
    unittest.main()
